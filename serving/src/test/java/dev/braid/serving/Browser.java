package dev.braid.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A page in a headless Chromium, asked over its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SECONDS = 60;

  private final Process process;
  private final Answers answers = new Answers();
  private final WebSocket socket;

  private Browser(Process process, URI page) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, answers)
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** The browser of this machine. */
  static Optional<Path> installed() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page, with a profile in an empty folder. */
  static Browser open(Path browser, Path profile, String url) throws Exception {
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                url)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Browser opened = new Browser(process, socketOf(process, profile, url));
      while (!opened.evaluate("document.readyState + location").asText().equals("complete" + url)) {
        Thread.onSpinWait(); // it still shows an empty page, or parses this one
      }
      return opened;
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static URI socketOf(Process process, Path profile, String url) throws Exception {
    Path port = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      List<String> lines = Files.exists(port) ? Files.readAllLines(port) : List.of();
      for (JsonNode page : lines.isEmpty() ? MAPPER.createArrayNode() : pages(lines.get(0))) {
        if (page.path("url").asText().equals(url)) {
          return URI.create(page.path("webSocketDebuggerUrl").asText());
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("the browser did not open " + url);
  }

  private static JsonNode pages(String port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json")).build();
    return MAPPER.readTree(
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  /** The value of an expression, or of its promise; missing if the page is left meanwhile. */
  JsonNode evaluate(String expression) throws Exception {
    ObjectNode command = MAPPER.createObjectNode().put("id", 1).put("method", "Runtime.evaluate");
    command
        .putObject("params")
        .put("expression", expression)
        .put("awaitPromise", true)
        .put("returnByValue", true);
    answers.next = new CompletableFuture<>();
    var unused = socket.sendText(command.toString(), /* last= */ true);
    JsonNode result = MAPPER.readTree(answers.next.get(SECONDS, TimeUnit.SECONDS)).path("result");
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    var unused = process.onExit().join();
  }

  /** Collects the parts of the one message that is waited for. */
  private static final class Answers implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();
    private volatile CompletableFuture<String> next = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      parts.append(part);
      if (isLast) {
        next.complete(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
