package dev.braid.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.report.Metric;
import dev.braid.report.StreamReport;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.ParseError;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportFolderTest {
  private static final List<String> STRATEGIES = List.of("zero-shot", "condu-deltas", "pam");
  private static final StreamReport DRAWN = DrawnReport.of(DrawnReport.REAL_STREAM, STRATEGIES, 2);

  @TempDir static Path shared;
  private static Document page;

  @BeforeAll
  static void writeOnce() throws IOException {
    ReportFolder.at(shared.resolve("drawn")).write(DRAWN);
    page = Jsoup.parse(Files.readString(shared.resolve("drawn/index.html")));
  }

  @Test
  void at_aFile_isRefused() throws IOException {
    Path file = Files.writeString(shared.resolve("file"), "");

    assertThatThrownBy(() -> ReportFolder.at(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write the report to %s: that is a file (give a folder)", file);
  }

  @Test
  void write_twice_givesTheSameFiles() throws IOException {
    ReportFolder.at(shared.resolve("once")).write(HostileReport.report());
    ReportFolder.at(shared.resolve("again")).write(HostileReport.report());

    for (String file : List.of("index.html", "report.json", "report.csv")) {
      assertThat(shared.resolve("again").resolve(file))
          .hasSameBinaryContentAs(shared.resolve("once").resolve(file));
    }
  }

  @Test
  void page_asTheParserReadsIt_hasNoFault() throws IOException {
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    Jsoup.parse(Files.readString(shared.resolve("drawn/index.html")), "", parser);

    assertThat(parser.getErrors()).extracting(ParseError::toString).isEmpty();
  }

  @Test
  void page_isOneFile() {
    assertThat(page.select("link, img, iframe, object, embed, [src]")).isEmpty();
    assertThat(page.select("[href]"))
        .allSatisfy(link -> assertThat(link.attr("href")).startsWith("#"));
    assertThat(page.select("a"))
        .allSatisfy(link -> assertThat(page.select(link.attr("href"))).hasSize(1));
    assertThat(page.html()).doesNotContain("url(", "@import");
  }

  @Test
  void page_namesTheProtocolOverEveryTable() {
    assertThat(page.select("table")).hasSizeGreaterThan(20);
    assertThat(page.select("table:has(td):not(#metrics table, #provenance table)"))
        .allSatisfy(
            table ->
                assertThat(table.select("caption").text())
                    .containsAnyOf("-task", "-labels", "every protocol", "Sign conflicts"));
    assertThat(page.title()).contains("known-task", "own-labels", "union-labels");
  }

  @Test
  void page_hasTheMainTable() {
    Element row =
        page.select("#protocol-" + Anchors.of("known-task") + " .comparison tbody tr").get(1);
    double last = DRAWN.spread("condu-deltas", "known-task", Metric.LAST).orElseThrow().mean();

    assertThat(row.select("th").text()).isEqualTo("condu-deltas");
    assertThat(row.select("td").get(0).text()).startsWith("%.1f ±".formatted(100 * last));
    assertThat(page.select(".comparison tbody tr")).hasSize(4 * STRATEGIES.size());
  }

  @Test
  void page_describesEveryChart() throws Exception {
    List<Element> charts = page.select("svg");
    assertThat(charts).hasSizeGreaterThan(40);
    for (Element chart : charts) {
      var unused =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(chart.outerHtml())));
      assertThat(chart.attr("role")).isEqualTo("img");
      assertThat(chart.attr("aria-label")).isNotBlank();
      assertThat(chart.select("> title").text()).isNotBlank();
      assertThat(chart.select("> desc").text()).contains("numbers");
    }
    assertThat(charts.stream().map(chart -> chart.attr("aria-label"))).doesNotHaveDuplicates();
  }

  @Test
  void page_ofHostileNames_showsThemAsTextAlone() throws IOException {
    Path out = shared.resolve("hostile");
    Document hostile =
        Jsoup.parse(Files.readString(ReportFolder.at(out).write(HostileReport.report())));

    assertThat(hostile.select("script")).hasSize(1);
    assertThat(hostile.select("img, [onerror]")).isEmpty();
    assertThat(hostile.select("h1").text()).startsWith(HostileReport.SCRIPT);
    assertThat(hostile.select("svg text").eachText()).anyMatch(text -> text.startsWith("<script>"));
    assertThat(hostile.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-");
  }

  @Test
  void page_ofWhatWasNotEvaluated_showsADash() throws IOException {
    Path out = shared.resolve("missing");
    Document missing =
        Jsoup.parse(Files.readString(ReportFolder.at(out).write(HostileReport.report())));

    assertThat(missing.select(".heat").get(0).select("tbody tr").get(0).select("td").eachText())
        .containsExactly("–", "–", "–");
    assertThat(missing.select(".heat").get(0).select("tbody tr").get(1).select("td").eachText())
        .containsExactly("12.5", "25.0", "18.8");
    assertThat(missing.select(".heat caption + thead").text()).startsWith("after script b");
  }

  @Test
  void json_ofTheDrawnReport_hasItsNumbers() throws IOException {
    JsonNode json = new ObjectMapper().readTree(shared.resolve("drawn/report.json").toFile());

    assertThat(json.at("/results")).hasSize(DRAWN.results().size());
    for (int i = 0; i < DRAWN.results().size(); i++) {
      JsonNode result = json.at("/results").get(i);
      assertThat(result.at("/matrix/3/2").doubleValue())
          .isEqualTo(DRAWN.results().get(i).matrix().at(3, 3));
      assertThat(result.at("/transfer").doubleValue())
          .isEqualTo(DRAWN.results().get(i).matrix().transfer());
    }
    assertThat(json.at("/summary/0/last/mean").doubleValue())
        .isEqualTo(DRAWN.spread("zero-shot", "known-task", Metric.LAST).orElseThrow().mean());
    assertThat(json.at("/references").toString()).isEqualTo("[\"individual\",\"zero-shot\"]");
  }

  @Test
  void json_ofWhatWasNotEvaluated_hasNoNumber() throws IOException {
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(HostileReport.report()).bytes());

    assertThat(json.at("/results/0/matrix/0").toString()).isEqualTo("[null,null]");
    assertThat(json.at("/results/0").has("zero_shot")).isFalse();
    assertThat(json.at("/summary/0").has("zero_shot")).isFalse();
    assertThat(json.at("/summary/0/last/mean").doubleValue()).isEqualTo(.75);
    assertThat(json.at("/summary/0/last").has("standard_deviation")).isFalse();
    assertThat(json.at("/results/1/routing/right").doubleValue()).isEqualTo(2. / 3);
  }

  @Test
  void csv_ofNamesWithQuotesAndLines_isQuoted() {
    List<String> rows = List.of(CsvReport.of(HostileReport.report()).split("\r\n", -1));
    String order = "\"" + HostileReport.BREAKOUT.replace("\"", "\"\"") + "\"";

    assertThat(rows.get(0)).isEqualTo("strategy,protocol,order,seed,figure,step,task,to,value");
    assertThat(rows.get(1))
        .isEqualTo(
            "%s,%s,%s,-1,accuracy,0,script,,"
                .formatted(HostileReport.SCRIPT, HostileReport.SCRIPT, order));
    assertThat(rows.get(3))
        .isEqualTo(
            "%s,%s,%s,-1,accuracy,1,script,,0.125"
                .formatted(HostileReport.SCRIPT, HostileReport.SCRIPT, order));
  }
}
