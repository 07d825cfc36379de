package dev.braid.vlm.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real weights and the results of the reference implementations, stored outside the project. */
public final class Golden {
  private static final Path DATA =
      Path.of(System.getProperty("braid.shared", "../../shared")).resolve("data");

  private Golden() {}

  /** The small real base, a Hugging Face CLIP directory. */
  public static Path base() {
    return DATA.resolve("base-s");
  }

  /** A file with results of the references. */
  public static Path file(String name) {
    return DATA.resolve("golden").resolve(name);
  }

  /** The encoded bytes of one of the references' images. */
  public static byte[] picture(String name) throws IOException {
    return Files.readAllBytes(file("images").resolve(name));
  }
}
