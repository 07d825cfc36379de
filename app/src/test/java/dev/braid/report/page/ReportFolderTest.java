package dev.braid.report.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.figures.CalibrationError;
import dev.braid.report.AnswerFigures;
import dev.braid.report.Matrix;
import dev.braid.report.Metric;
import dev.braid.report.Result;
import dev.braid.report.RoutingTable;
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
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportFolderTest {
  private static final List<String> STRATEGIES = List.of("zero-shot", "condu-deltas", "pam");
  private static final StreamReport DRAWN =
      RandomReport.of(RandomReport.REAL_STREAM, STRATEGIES, 2);

  private static final StreamReport LINE = RandomReport.ofLine(RandomReport.REAL_STREAM);

  @TempDir static Path shared;
  private static Document page;
  private static Document linePage;

  @BeforeAll
  static void writeOnce() throws IOException {
    ReportFolder.at(shared.resolve("drawn")).write(DRAWN);
    page = Jsoup.parse(Files.readString(shared.resolve("drawn/index.html")));
    linePage = Jsoup.parse(HtmlReport.of(LINE));
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
  void page_readByAStrictParser_hasNoErrors() throws IOException {
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    Jsoup.parse(Files.readString(shared.resolve("drawn/index.html")), "", parser);
    assertThat(parser.getErrors()).extracting(ParseError::toString).isEmpty();

    Jsoup.parse(HtmlReport.of(LINE), "", parser);
    assertThat(parser.getErrors()).extracting(ParseError::toString).isEmpty();
  }

  @Test
  void page_isOneFile() {
    assertThat(page.select("link, iframe, object, embed")).isEmpty();
    assertThat(page.select("[src]"))
        .isNotEmpty()
        .allSatisfy(
            picture -> {
              assertThat(picture.tagName()).isEqualTo("img");
              assertThat(picture.attr("src")).startsWith("data:image/png;base64,");
            });
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
  void page_ofALine_startsWithItsHead() {
    List<Element> sections = linePage.select("main > section");

    assertThat(sections.stream().map(Element::id))
        .containsExactly("head", "details", "answers", "metrics", "provenance");
    assertThat(sections.get(0).select("dl").get(0).select("dd").eachText())
        .contains(
            "version 7, 2026-03-08 02:30 UTC: set aside blurred",
            "rsscn7, with version 6, 2026-03-07 02:30 UTC",
            "caltech101 (1) → dtd10 (2) → food101 (3) → mnist (4) → pacs_cartoon (5) → rsscn7 (6):"
                + " 6 tasks, each with the version that learned it");
    assertThat(sections.get(0).select("#set-aside tbody tr").eachText())
        .containsExactly("blurred dtd fell by 3.1 points: 60.2 % to 57.1 %");
  }

  @Test
  void page_ofALine_showsEachTasksAccuracyNowAndBefore() {
    Matrix matrix = LINE.of("condu-deltas", "known-task").get(0).matrix();
    Elements rows = linePage.select("#head table.head").get(0).select("tbody tr");

    assertThat(rows).hasSize(6);
    assertThat(rows.get(1).select("th, td").eachText())
        .containsExactly(
            "dtd10",
            "%.1f".formatted(100 * matrix.at(0, 2)),
            "%.1f".formatted(100 * matrix.at(2, 2)),
            "%.1f".formatted(100 * matrix.at(5, 2)),
            "%.1f".formatted(100 * matrix.at(6, 2)),
            "%+.1f".formatted(100 * (matrix.at(6, 2) - matrix.at(2, 2))).replace('-', '−'));
    assertThat(rows.get(5).select("td").eachText()).endsWith("0.0");
    assertThat(linePage.select("tr.newest th").eachText()).containsOnly("rsscn7").hasSize(3);
  }

  @Test
  void page_ofALine_comparesNothing() {
    assertThat(linePage.select("#compared, .comparison, details.strategy")).isEmpty();
    assertThat(linePage.select("#details .run > *").get(1).select("table.heat")).hasSize(3);
    assertThat(linePage.select("#metrics tbody tr").get(2).select("td").get(0).text())
        .isEqualTo(
            "%.1f".formatted(100 * LINE.of("condu-deltas", "known-task").get(0).matrix().last()));
    assertThat(linePage.select("nav a").eachAttr("href"))
        .containsExactly("#head", "#details", "#answers", "#metrics", "#provenance");
  }

  @Test
  void page_ofOneStrategyThatIsNoLine_hasNoHead() {
    Document one =
        Jsoup.parse(HtmlReport.of(RandomReport.of(RandomReport.REAL_STREAM, List.of("pam"), 2)));

    assertThat(one.select("main > section").eachAttr("id"))
        .containsExactly("details", "metrics", "provenance");
    assertThat(one.select("nav a").eachAttr("href"))
        .containsExactly("#details", "#metrics", "#provenance");
    assertThat(one.select("#metrics tbody td").get(0).text()).contains("±");
  }

  @Test
  void json_ofALine_describesItsHead() throws IOException {
    JsonNode head = new ObjectMapper().readTree(JsonReport.of(LINE).bytes()).at("/head");

    assertThat(head.at("/version").intValue()).isEqualTo(7);
    assertThat(head.at("/newest").textValue()).isEqualTo("rsscn7");
    assertThat(head.at("/learned/1").toString())
        .isEqualTo("{\"task\":\"dtd10\",\"time\":\"2026-03-03T02:30:00Z\",\"version\":2}");
    assertThat(head.at("/set_aside/0/task").textValue()).isEqualTo("blurred");
    assertThat(new ObjectMapper().readTree(JsonReport.of(DRAWN).bytes()).has("head")).isFalse();
  }

  @Test
  void page_describesEveryChart() throws Exception {
    assertThat(page.select("svg")).hasSizeGreaterThan(40);
    checkCharts(page.select("svg"));
    checkCharts(linePage.select("svg"));
  }

  private static void checkCharts(List<Element> charts) throws Exception {
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
    assertThat(hostile.select("[onerror], img:not([src^=data:])")).isEmpty();
    assertThat(hostile.select("img").eachAttr("alt"))
        .containsExactly(
            "A test picture of %s (%s), answered as %s (script)"
                .formatted(HostileReport.BREAKOUT, "b".repeat(63), HostileReport.SCRIPT));
    assertThat(hostile.select(".confused td").get(0).text())
        .isEqualTo("no picture " + HostileReport.SCRIPT + " script");
    assertThat(hostile.select("h1").text()).startsWith(HostileReport.SCRIPT);
    assertThat(hostile.select("svg text").eachText()).anyMatch(text -> text.startsWith("<script>"));
    assertThat(hostile.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .matches(
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[A-Za-z0-9+/=]+';"
                + " img-src data:");
  }

  @Test
  void page_ofALine_showsWherePicturesGo() {
    Result union = LINE.of("condu-deltas", "union-labels").get(0);
    Element routing = linePage.select("#answers table.heat").get(1);
    List<String> row = routing.select("tbody tr").get(1).select("td").eachText();

    assertThat(linePage.select("#answers table.heat")).hasSize(2); // nothing under known-task
    assertThat(routing.select("thead th").eachText()).endsWith("rsscn7", "no task", "pictures");
    assertThat(row).hasSize(8);
    assertThat(row.get(1))
        .isEqualTo("%.1f".formatted(100 * union.routing().orElseThrow().share(1, 1)));
    assertThat(row.get(6))
        .isEqualTo("%.1f".formatted(100 * union.answers().orElseThrow().shareOfNoTask(1)));
    assertThat(requireNonNull(routing.nextElementSibling()).text())
        .isEqualTo(
            "Routed to their own task: %.1f %% of all pictures. Taken for pictures of no learned task: %.1f %%."
                .formatted(
                    100 * union.routing().orElseThrow().right(),
                    100 * union.answers().orElseThrow().shareOfNoTask()));
  }

  @Test
  void page_ofManyTasks_hasANarrowRoutingTable() {
    StreamReport report = RandomReport.ofLine(RandomReport.MANY);
    Document many = Jsoup.parse(HtmlReport.of(report));
    RoutingTable table = report.of("condu-deltas", "own-labels").get(0).routing().orElseThrow();
    Element routing = many.select("#answers table.dense").get(0);

    assertThat(routing.select("thead th").eachText()).startsWith("of ↓ to →", "1", "2");
    assertThat(routing.select("thead th").get(40).attr("title")).isEqualTo("camera-140");
    assertThat(routing.select("tbody th").eachText()).endsWith("40 camera-140");
    assertThat(routing.select("tbody tr").get(2).select("td").get(2).text())
        .isEqualTo("%.0f".formatted(100 * table.share(2, 2)));
    assertThat(requireNonNull(routing.nextElementSibling()).text()).endsWith(HeatMap.DENSE);
    assertThat(linePage.select("table.dense")).isEmpty();
  }

  @Test
  void page_ofALine_showsWhetherProbabilitiesAreRight() {
    CalibrationError error =
        LINE.of("condu-deltas", "known-task").get(0).answers().orElseThrow().confidence();
    Element answers = linePage.select("#answers").get(0);

    assertThat(answers.select("figcaption").eachText())
        .hasSize(3)
        .startsWith("known-task: calibration error %.1f points".formatted(100 * error.expected()));
    assertThat(answers.select("details table").get(0).select("tbody tr").eachText())
        .endsWith(
            "93.3 to 100.0 %.1f %.1f %d"
                .formatted(
                    100 * error.bins().get(14).meanConfidence(),
                    100 * error.bins().get(14).accuracy(),
                    error.bins().get(14).pictures()));
  }

  @Test
  void page_ofALine_showsWhatIsConfused() {
    Elements rows = linePage.select("#answers table.confused tbody tr");

    assertThat(rows).hasSize(6);
    assertThat(rows.get(0).text())
        .isEqualTo("class of caltech101 caltech101 another class caltech101 12 30.0");
    assertThat(rows.get(0).select("img").eachAttr("alt"))
        .containsExactly(
            "A test picture of class of caltech101 (caltech101), answered as another class"
                + " (caltech101)",
            "A training picture of another class (caltech101)");
  }

  @Test
  void json_ofALine_hasItsAnswers() throws IOException {
    AnswerFigures answers = LINE.of("condu-deltas", "union-labels").get(0).answers().orElseThrow();
    JsonNode result = new ObjectMapper().readTree(JsonReport.of(LINE).bytes()).at("/results/2");

    assertThat(result.at("/answers/of_no_task/1").longValue()).isEqualTo(answers.ofNoTask().get(1));
    assertThat(result.at("/answers/calibration_error").doubleValue())
        .isEqualTo(answers.confidence().expected());
    assertThat(result.at("/answers/bins")).hasSize(15);
    assertThat(result.at("/answers/bins/14/accuracy").doubleValue())
        .isEqualTo(answers.confidence().bins().get(14).accuracy());
    assertThat(result.at("/answers/bins/0").toString()).isEqualTo("{\"pictures\":0}");
    assertThat(result.at("/answers/confusions")).hasSize(6);
    assertThat(result.at("/most_confused/0").toString())
        .isEqualTo(
            "{\"answered_class\":\"another class\",\"answered_task\":\"caltech101\","
                + "\"class\":\"class of caltech101\",\"of_class\":40,\"pictures\":12,"
                + "\"share\":0.3,\"task\":\"caltech101\"}");
    assertThat(result.toString()).doesNotContain(RandomReport.DOT);
  }

  @Test
  void csv_ofALine_hasItsAnswers() {
    AnswerFigures answers = LINE.of("condu-deltas", "union-labels").get(0).answers().orElseThrow();
    String run = "condu-deltas,union-labels,alphabetical,1,";

    assertThat(CsvReport.of(LINE).lines())
        .contains(
            run + "calibration_error,,,," + answers.confidence().expected(),
            run + "of_no_task,,dtd10,," + answers.ofNoTask().get(1),
            run + "bin_accuracy,15,,," + answers.confidence().bins().get(14).accuracy(),
            run + "bin_accuracy,1,,,",
            run + "confused,,dtd10: class of dtd10,dtd10: another class,12");
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
