package dev.braid.jobs.source.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.dataset.IngestSummary;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of pictures as people have them, and the refusals of those that cannot be used. */
class ListedPicturesTest extends TableFixture {
  @TempDir Path elsewhere;

  private String[] names(String pattern) {
    return IntStream.range(0, 12).mapToObj(pattern::formatted).toArray(String[]::new);
  }

  private static String lines(String... names) {
    return IntStream.range(0, names.length)
        .mapToObj(i -> "%s,%s\n".formatted(names[i], i % 2 == 0 ? "cat" : "dog"))
        .collect(Collectors.joining());
  }

  @Test
  void csv_withAByteOrderMarkAndWindowsLineEnds_isRead() throws IOException {
    String[] names = names("p/%s.png");
    String text = ("\ufeffpath,label\n" + lines(names)).replace("\n", "\r\n");

    IngestSummary summary = look(at(list("list.csv", text, names)));

    assertThat(summary.classNames()).containsExactly("cat", "dog");
    assertThat(summary.rows().total()).isEqualTo(12);
  }

  @Test
  void csv_withQuotesCommasAndLineBreaksInFields_isRead() throws IOException {
    String[] names = names("a, \"b\" %s.png");
    String lines =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    "\"%s\",%s,\"first\nsecond\"\n"
                        .formatted(names[i].replace("\"", "\"\""), i % 2 == 0 ? "cat" : "dog"))
            .collect(Collectors.joining());

    assertThat(look(at(list("list.csv", "path,label,remark\n" + lines, names))).rows().total())
        .isEqualTo(12);
  }

  @Test
  void tsv_andOddNames_areRead() throws IOException {
    String[] names = names("12:30:0%s %%20 #?[ü].png");
    String text = "file_name\tlabel\n" + lines(names).replace(",", "\t");

    assertThat(look(at(list("list.tsv", text, names))).rows().total()).isEqualTo(12);
  }

  @Test
  void missingPictures_areLeftOutAndNamed() throws IOException {
    String[] names = IntStream.range(0, 100).mapToObj("p/%s.png"::formatted).toArray(String[]::new);
    Path list = list("list.csv", "path,label\n" + lines(names), names);
    Files.delete(folder.resolve("p/17.png"));

    assertThat(look(at(list)).leftOut())
        .singleElement()
        .asString()
        .startsWith("p/17.png: ")
        .contains("no such file");
  }

  @Test
  void pathsOutsideTheListsFolder_areRefused() throws IOException {
    Path other = elsewhere.resolve("x.png");
    Files.write(other, Pictures.png(1));
    String[] names = names("p/%s.png");

    refused(
        at(list("list.csv", "path,label\n" + lines(names) + other + ",cat\n", names)),
        "lies in none of the folders that may be read");
  }

  @Test
  void addressesOfTheNet_areRefused() throws IOException {
    String text = "path,label\nhttps://example.org/1.png,cat\nhttps://example.org/2.png,dog\n";

    refused(at(list("list.csv", text)), "nothing is fetched from the net");
  }

  @Test
  void malformedLists_areRefusedByTheirName() throws IOException {
    refused(at(list("list.csv", "path,label\na,b,c,d\n")), "list.csv");
    refused(at(list("list.jsonl", "{\"path\": \"a.png\", \n")), "list.jsonl");
    refused(at(list("empty.csv", "")), "empty.csv");
  }

  @Test
  void listsOfTwoSplits_withOtherColumns_areRefusedByTheColumn() throws IOException {
    String[] names = names("%s.png");
    Files.createDirectories(folder.resolve("train"));
    Files.createDirectories(folder.resolve("test"));
    list("train/metadata.csv", "file_name,label\n" + lines(names));
    list("test/metadata.csv", "file_name,kind\n" + lines(names));

    refused(at(folder), "it has no column 'label' for the labels (it has file_name, kind;");
  }

  @Test
  void labelsOfNoListedClass_areLeftOutWhereTheyAreFew() throws IOException {
    String[] names = IntStream.range(0, 100).mapToObj("p/%s.png"::formatted).toArray(String[]::new);
    Path list = list("list.csv", "path,label\n" + lines(names) + "p/0.png,bird\n", names);
    Path classes = Files.writeString(folder.resolve("classes.txt"), "cat\ndog\n");
    Path others = Files.writeString(folder.resolve("others.txt"), "ant\nbee\n");

    assertThat(look(at(list, classes)).leftOut())
        .containsExactly("p/0.png: its label 'bird' is none of the 2 classes");
    refused(
        at(list, others), "no label is a class (neither one of the 2 listed names nor a number");
  }

  @Test
  void labels_thatAreNotUtf8_areRefused() throws IOException {
    String text = "path,label\na.png,B\u00e4r\nb.png,B\u00f6r\n";
    Path list = Files.write(folder.resolve("list.csv"), text.getBytes(ISO_8859_1));

    refused(at(list), "is not UTF-8 text");
  }

  @Test
  void twoListsOfASplit_areRefused() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    Files.createDirectories(folder.resolve("training"));
    list("train/metadata.csv", "file_name,label\n");
    list("training/metadata.csv", "file_name,label\n");
    refused(at(folder), "list pictures of the same split; keep one");
    Files.delete(folder.resolve("training/metadata.csv"));
    list("train/metadata.jsonl", "");
    refused(at(folder), "list pictures of the same split; keep one");
  }

  @Test
  void impossiblePaths_areLeftOutAndNamed() throws IOException {
    String[] names = IntStream.range(0, 200).mapToObj("p/%s.png"::formatted).toArray(String[]::new);
    String text =
        "path,label\n"
            + lines(names)
            + "p/0.png/1.png,cat\n"
            + "x".repeat(300)
            + ".png,cat\n"
            + "nosuchfs://host/1.png,cat\n"
            + "c:/pictures/1.png,cat\n";

    assertThat(look(at(list("list.csv", text, names))).leftOut()).hasSize(4);
  }

  @Test
  void rowsWithoutASplit_areLeftOutWhereTheyAreFew() throws IOException {
    String[] names = IntStream.range(0, 100).mapToObj("p/%s.png"::formatted).toArray(String[]::new);
    String lines =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "p/%s.png,%s,%s\n"
                        .formatted(i, i % 2 == 0 ? "cat" : "dog", i < 80 ? "train" : "test"))
            .collect(Collectors.joining());
    Path list = list("list.csv", "path,label,split\n" + lines + "p/1.png,dog,\n", names);

    assertThat(look(at(list)).leftOut()).containsExactly("p/1.png: it has no split");
  }

  @Test
  void listThatLeadsOutOfItsFolder_isRefused() throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("list.csv"), "file_name,label\na,b\n");
    Files.createSymbolicLink(folder.resolve("metadata.csv"), secret);

    refused(at(folder), "lies in none of the folders that may be read");
  }

  private void refused(PictureSource source, String part) {
    assertThatThrownBy(() -> look(source))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining(part);
  }
}
