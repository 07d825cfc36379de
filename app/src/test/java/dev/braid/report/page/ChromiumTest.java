package dev.braid.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a headless browser, if the machine has one. */
class ChromiumTest {
  /** Writes the browser's measurements into attributes, which a dump of the page shows. */
  private static final String PROBE =
      """
      <script>
      const faults = [];
      addEventListener('error', event => faults.push(event.message));
      addEventListener('load', () => {
        const root = document.documentElement;
        root.dataset.overflow = root.scrollWidth - root.clientWidth;
        root.dataset.faults = faults.join();
        const maps = [...document.querySelectorAll('#answers .maps')];
        root.dataset.scrolled = Math.max(0, ...maps.map(map => map.scrollWidth - map.clientWidth));
        for (const part of document.querySelectorAll('details')) part.open = true;
        root.dataset.unfolded = root.scrollWidth - root.clientWidth;
      });
      </script>
      """;

  private final Optional<Path> browser =
      Stream.of("chromium", "chromium-browser", "google-chrome")
          .flatMap(
              name ->
                  Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                      .map(folder -> Path.of(folder, name)))
          .filter(Files::isExecutable)
          .findFirst();

  @TempDir Path folder;

  @BeforeEach
  void needABrowser() {
    assumeTrue(
        browser.isPresent(),
        "There is no chromium, chromium-browser or google-chrome on the PATH: install one to test"
            + " the report's page in it");
  }

  @Test
  void page_ofElevenTasksAndTwelveStrategies_fitsALaptop() throws Exception {
    Document page =
        opened(
            probed(HtmlReport.of(RandomReport.of(RandomReport.MTIL, RandomReport.STRATEGIES, 1))));

    assertThat(page.select("html").attr("data-overflow")).as("too wide by").isEqualTo("0");
    assertThat(page.select("html").attr("data-unfolded")).as("too wide by").isEqualTo("0");
    assertThat(page.select("html").attr("data-faults")).isEmpty();
    assertThat(page.select("#compared .comparison tbody th").eachText())
        .containsExactlyElementsOf(RandomReport.STRATEGIES);
  }

  @Test
  void page_ofALineOfElevenTasks_fitsALaptop() throws Exception {
    Document page = opened(probed(HtmlReport.of(RandomReport.ofLine(RandomReport.MTIL))));

    assertThat(page.select("html").attr("data-overflow")).as("too wide by").isEqualTo("0");
    assertThat(page.select("html").attr("data-unfolded")).as("too wide by").isEqualTo("0");
  }

  @Test
  void page_ofALineOfFortyTasks_fitsALaptop() throws Exception {
    Document page = opened(probed(HtmlReport.of(RandomReport.ofLine(RandomReport.MANY))));

    assertThat(page.select("html").attr("data-overflow")).as("too wide by").isEqualTo("0");
    assertThat(page.select("html").attr("data-scrolled")).as("routing tables").isEqualTo("0");
  }

  @Test
  void page_underItsOwnPolicy_showsItsPictures() throws Exception {
    String html = HtmlReport.of(RandomReport.ofLine(RandomReport.REAL_STREAM));

    // A picture that the policy blocks is reported on the console.
    assertThat(opened(html).select("img")).hasSize(12);
  }

  @Test
  void page_ofHostileNames_runsNoneOfThem() throws Exception {
    Document page = opened(probed(HtmlReport.of(HostileReport.report())));

    assertThat(page.select("html").attr("data-overflow")).isEqualTo("0");
    assertThat(page.select("h1").text()).startsWith(HostileReport.SCRIPT);
  }

  @Test
  void page_underItsOwnPolicy_runsItsScript() throws Exception {
    String html = HtmlReport.of(HostileReport.report());
    String target = Jsoup.parse(html).select(".strategy").get(1).id();

    assertThat(opened(html, "#" + target).select(".strategy[open]").eachAttr("id"))
        .containsExactly(target);
  }

  /** The page with the probe in place of its policy, which would block it. */
  private static String probed(String html) {
    return html.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", PROBE);
  }

  private Document opened(String html) throws IOException, InterruptedException {
    return opened(html, "");
  }

  /** The page after its scripts have run; console output fails the test. */
  private Document opened(String html, String place) throws IOException, InterruptedException {
    Path page = Files.writeString(folder.resolve("page.html"), html);
    Path dump = folder.resolve("dump.html");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command(page.toUri() + place))
            .redirectOutput(dump.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(log).lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    return Jsoup.parse(Files.readString(dump, StandardCharsets.UTF_8));
  }

  private List<String> command(String address) {
    List<String> command = new ArrayList<>();
    command.add(browser.orElseThrow().toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--user-data-dir=" + folder.resolve("profile"),
            "--window-size=1280,900",
            "--dump-dom",
            address));
    return command;
  }
}
