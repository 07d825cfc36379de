package dev.braid.cli.serve;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.model.LineId;
import dev.braid.serving.BraidServer;
import dev.braid.serving.ServeSettings;
import dev.braid.serving.http.Tls;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.vlm.tensor.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers pictures over HTTP until it is stopped. */
@Command(
    name = "serve",
    header = "Answer pictures over HTTP.",
    sortOptions = false,
    description = {
      "Answers pictures over HTTP with the versions of a store, without Spark: on a page for"
          + " people, at /predictions/LINE, and by the Open Inference Protocol v2"
          + " (docs/serving.md). New versions take over without a stop.",
      "",
      "It listens on this machine alone, unless --host says otherwise; then it needs the"
          + " environment variable BRAID_TOKEN, or a certificate. It runs until it is stopped.",
      ""
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String TOKEN = "BRAID_TOKEN";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen on (default: braid.serve.host, 127.0.0.1).")
  @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port; 0 for a free one (default: braid.serve.port, 8080).")
  @Nullable Integer port;

  @Option(
      names = "--pin",
      paramLabel = "LINE=N",
      description = "Answer with version N of a line whatever its head is; may be repeated.")
  List<String> pins = List.of();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "A PEM file with the server's certificate, and those above it.")
  @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "A PEM file with the certificate's key (PKCS#8, not encrypted).")
  @Nullable Path key;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws InterruptedException {
    options.assign("serve.host", host);
    options.assign("serve.port", port == null ? null : port.toString());
    Settings settings = options.settings();
    ServeSettings serve =
        ServeGroup.read(settings, Optional.ofNullable(System.getenv(TOKEN)), tls(), pinned());
    Console console = options.console();
    BraidServer server = BraidServer.start(settings.location(), Device.CPU, serve);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "braid-serve-close"));
    console.line(
        "Serving %s at %s://%s:%s",
        settings.location().root(),
        serve.listening().scheme(),
        serve.listening().host(),
        server.port());
    new CountDownLatch(1).await(); // until the process is stopped
    return ExitCode.DONE.code();
  }

  private Optional<Tls> tls() {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new SettingsException("Give both --tls-certificate and --tls-key");
    }
    return Optional.of(new Tls(certificate, key));
  }

  private Map<LineId, Integer> pinned() {
    Map<LineId, Integer> pinned = new HashMap<>();
    for (String pin : pins) {
      String[] parts = pin.split("=", -1);
      if (parts.length != 2 || !parts[1].matches("[1-9][0-9]{0,8}")) {
        throw new SettingsException("Invalid --pin %s (LINE=N, such as main=3)".formatted(pin));
      }
      pinned.put(new LineId(parts[0]), Integer.parseInt(parts[1]));
    }
    return pinned;
  }
}
