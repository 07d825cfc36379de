package dev.braid.bench.serve;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.model.LineId;
import dev.braid.serving.BraidServer;
import dev.braid.serving.ServeSettings;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Answers the same pictures in a loop over the JVM API and over HTTP on the loopback device, in
 * turns.
 */
public final class ServeBench {
  private final StoreLocation location;
  private final LineId line;
  private final ServeSettings settings;
  private final List<byte[]> pictures;

  /** A comparison on these pictures. */
  public ServeBench(
      StoreLocation location, LineId line, ServeSettings settings, List<byte[]> pictures) {
    this.location = location;
    this.line = line;
    this.settings = settings;
    this.pictures = List.copyOf(pictures);
  }

  /**
   * What the server did with so many clients.
   *
   * @param ratio its throughput relative to the loop's, in the same turns
   * @param p50 median time of a request in milliseconds
   * @param p99 time in milliseconds that one request in a hundred exceeds
   */
  public record Served(int clients, double ratio, double perSecond, double p50, double p99) {}

  /** Compares in this number of turns for each number of clients. */
  public List<Served> compare(List<Integer> clients, int turns) throws IOException {
    try (BraidModel model =
            BraidModel.open(
                location,
                Device.CPU,
                settings.following().openExperts(),
                settings.following().encodedTogether());
        BraidServer server = BraidServer.start(location, Device.CPU, settings)) {
      PictureClassifier classifier = model.head(line).classifier().build();
      URI uri =
          URI.create("http://127.0.0.1:%s/predictions/%s".formatted(server.port(), line.name()));
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      awaitReady(client, uri.resolve("/v2/health/ready"));
      var unused = loop(classifier);
      var unusedToo = serve(client, uri, 8);
      return clients.stream().map(n -> turns(classifier, client, uri, n, turns)).toList();
    }
  }

  private static void awaitReady(HttpClient client, URI ready) throws IOException {
    while (status(client, HttpRequest.newBuilder(ready).build()) != 200) {
      Thread.onSpinWait();
    }
  }

  private Served turns(
      PictureClassifier classifier, HttpClient client, URI uri, int clients, int turns) {
    double loop = 0;
    double served = 0;
    double[] times = {};
    for (int turn = 0; turn < turns; turn++) {
      loop += loop(classifier);
      long start = System.nanoTime();
      double[] more = serve(client, uri, clients);
      served += (System.nanoTime() - start) / 1e9;
      times =
          IntStream.range(0, times.length + more.length).mapToDouble(join(times, more)).toArray();
    }
    Arrays.sort(times);
    return new Served(
        clients,
        loop / served,
        turns * pictures.size() / served,
        times[times.length / 2],
        times[Math.min(times.length - 1, times.length * 99 / 100)]);
  }

  private static IntToDoubleFunction join(double[] first, double[] second) {
    return i -> i < first.length ? first[i] : second[i - first.length];
  }

  /** Seconds of the loop, with as many threads and pictures at once as the server's workers. */
  private double loop(PictureClassifier classifier) {
    int batch = settings.batching().pictures();
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    run(
        settings.batching().workers(),
        () -> {
          for (int from = next.getAndAdd(batch);
              from < pictures.size();
              from = next.getAndAdd(batch)) {
            var unused =
                classifier.classify(
                    pictures.subList(from, Math.min(from + batch, pictures.size())));
          }
        });
    return (System.nanoTime() - start) / 1e9;
  }

  /** Milliseconds of each request. */
  private double[] serve(HttpClient client, URI uri, int clients) {
    double[] millis = new double[pictures.size()];
    AtomicInteger next = new AtomicInteger();
    run(
        clients,
        () -> {
          for (int i = next.getAndIncrement(); i < millis.length; i = next.getAndIncrement()) {
            HttpRequest request =
                HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(pictures.get(i)))
                    .build();
            long start = System.nanoTime();
            int status = status(client, request);
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (status != 200) {
              throw new IllegalStateException("Cannot compare: a request got " + status);
            }
          }
        });
    return millis;
  }

  private static int status(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot compare: a request failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot compare: interrupted", e);
    }
  }

  private static void run(int threads, Runnable work) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<? extends Future<?>> all =
          IntStream.range(0, threads).mapToObj(i -> pool.submit(work)).toList();
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot compare", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot compare: interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
