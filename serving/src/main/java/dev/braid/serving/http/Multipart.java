package dev.braid.serving.http;

import dev.braid.serving.api.RefusedRequestException;
import io.undertow.connector.ByteBufferPool;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.MultipartParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields and the one file of a form, read from memory. */
final class Multipart implements MultipartParser.PartHandler {
  private static final int MOST_PARTS = 16;
  private static final int LONGEST_FIELD = 1 << 16;

  private final Map<String, List<String>> fields = new HashMap<>();
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private Optional<byte[]> file = Optional.empty();
  private String name = "";
  private boolean isFile;
  private int parts;

  private Multipart() {}

  /** Reads a form. */
  static Multipart read(ByteBufferPool pool, String contentType, byte[] body) {
    String boundary = Headers.extractQuotedValueFromHeader(contentType, "boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw new RefusedRequestException(400, "Cannot read the form: it has no boundary");
    }
    Multipart form = new Multipart();
    try {
      MultipartParser.ParseState state =
          MultipartParser.beginParse(
              pool, form, boundary.getBytes(StandardCharsets.US_ASCII), "UTF-8");
      state.parse(ByteBuffer.wrap(body));
      if (!state.isComplete()) {
        throw new RefusedRequestException(400, "Cannot read the form: its end is missing");
      }
    } catch (RefusedRequestException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the parser throws many kinds
      throw new RefusedRequestException(400, "Cannot read the form: it is malformed");
    }
    return form;
  }

  /** The values of its fields, by name. */
  Map<String, List<String>> fields() {
    return fields;
  }

  /** The bytes of its file. */
  byte[] file() {
    return file.orElseThrow(
        () -> new RefusedRequestException(400, "Cannot find a picture: the form has no file"));
  }

  @Override
  public void beginPart(HeaderMap headers) {
    String disposition = headers.getFirst(Headers.CONTENT_DISPOSITION);
    if (disposition == null || ++parts > MOST_PARTS) {
      throw new RefusedRequestException(
          400, "Cannot read the form: a part has no name, or there are more than " + MOST_PARTS);
    }
    name = Optional.ofNullable(quoted(disposition, "name")).orElse("");
    isFile = quoted(disposition, "filename") != null;
    part.reset();
  }

  private static @Nullable String quoted(String disposition, String key) {
    return Headers.extractQuotedValueFromHeaderWithEncoding(disposition, key);
  }

  @Override
  public void data(ByteBuffer bytes) {
    byte[] some = new byte[bytes.remaining()];
    bytes.get(some);
    part.writeBytes(some);
    if (!isFile && part.size() > LONGEST_FIELD) {
      throw new RefusedRequestException(413, "Cannot read the form: a field is too long");
    }
  }

  @Override
  public void endPart() {
    if (!isFile) {
      fields
          .computeIfAbsent(name, missing -> new ArrayList<>())
          .add(part.toString(StandardCharsets.UTF_8));
    } else if (file.isPresent()) {
      throw new RefusedRequestException(400, "Cannot answer: the form has more than one file");
    } else {
      file = Optional.of(part.toByteArray());
    }
  }
}
