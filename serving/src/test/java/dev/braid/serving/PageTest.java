package dev.braid.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.model.LineId;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a headless browser, if the machine has one, under the server's own policy. */
class PageTest {
  /** Drops a file, and waits until the page has said something about it. */
  private static final String DROP =
      """
      (async () => {
        const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
        const dropped = new DataTransfer();
        dropped.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
        while (!document.getElementById('line').value) await new Promise(r => setTimeout(r, 20));
        document.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped }));
        while (!document.querySelector('#answer h2, #answer .error')) {
          await new Promise(r => setTimeout(r, 20));
        }
        return document.getElementById('answer').innerText;
      })()
      """;

  @TempDir Path folder;
  private Running running;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Browser.installed().isPresent(), "There is no Chromium on the PATH");
    ServedStore store = ServedStore.create(folder.resolve("store"));
    store.publish(LineId.MAIN, 1, ServedStore.LETTERS);
    running = Running.start(store.location);
    String page = "http://127.0.0.1:%s/".formatted(running.server.port());
    browser = Browser.open(Browser.installed().orElseThrow(), folder.resolve("profile"), page);
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.close();
      running.close();
    }
  }

  @Test
  void page_givenAPicture_showsWhatTheServerAnswers() throws Exception {
    byte[] picture = DrawnPictures.drawn(1).get(0);
    JsonNode detail =
        Running.json(running.post("/predictions/main?detail=true&top=5", picture).body());

    String shown = browser.evaluate(drop(picture)).asText();

    assertThat(shown).startsWith(detail.at("/labels/0/className").asText());
    assertThat(shown)
        .contains("Version 1, model " + detail.path("digest").asText().substring(0, 12));
    assertThat(browser.evaluate("document.querySelectorAll('.bars li').length").asInt())
        .isEqualTo(detail.path("labels").size() + detail.path("tasks").size());
    assertThat(browser.evaluate("document.getElementById('model').innerText").asText())
        .contains(ServedStore.LETTERS.name());
  }

  @Test
  void page_givenWhatIsNoPicture_saysWhatTheServerSays() throws Exception {
    byte[] text = {1, 2, 3};
    JsonNode refusal = Running.json(running.post("/predictions/main", text).body());

    assertThat(browser.evaluate(drop(text)).asText()).isEqualTo(refusal.path("error").asText());
  }

  @Test
  void page_onAPhone_isNotWiderThanIt() throws Exception {
    assertThat(browser.evaluate(drop(DrawnPictures.drawn(1).get(0))).asText()).isNotBlank();
    String narrow =
        "document.body.style.cssText = 'width: 320px; margin:"
            + " 0';[...document.querySelectorAll('body *')].filter(e =>"
            + " e.getBoundingClientRect().right > 320).length";

    assertThat(browser.evaluate(narrow).asInt()).isZero();
  }

  private static String drop(byte[] file) {
    return DROP.formatted(Base64.getEncoder().encodeToString(file));
  }
}
