package dev.braid.vlm.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * One of the platform's own codecs; others on the class path are ignored, so that images decode the
 * same everywhere.
 */
final class PlatformCodec {
  /** Reads a result from a reader whose input is set. */
  @FunctionalInterface
  interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private final ImageReaderSpi provider;

  private PlatformCodec(ImageReaderSpi provider) {
    this.provider = provider;
  }

  static PlatformCodec of(String format) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class, spi -> isPlatforms((ImageReaderSpi) spi, format), true);
    return new PlatformCodec(providers.next());
  }

  private static boolean isPlatforms(ImageReaderSpi provider, String format) {
    return provider.getClass().getModule() == ImageReader.class.getModule()
        && List.of(provider.getFormatNames()).contains(format);
  }

  /** Reads encoded bytes from memory, with a new reader. */
  <T> T read(byte[] encoded, Reading<T> reading) throws IOException {
    ImageReader reader = provider.createReaderInstance();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(stream, true, true);
      return reading.from(reader);
    } finally {
      reader.dispose();
    }
  }
}
