package dev.braid.serving.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary data behind the JSON of a request: of a BYTES tensor, each element's length in four
 * bytes, little-endian, and the element.
 */
final class BinaryTensors {
  private final ByteBuffer bytes;

  BinaryTensors(byte[] body, int from) {
    this.bytes = ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The elements of the next tensor, which must be all that is left. */
  List<byte[]> read(JsonNode size, Limits limits) {
    if (!size.isIntegralNumber() || size.longValue() != bytes.remaining()) {
      throw RefusedRequestException.malformed(
          "Invalid binary_data_size (the body has %s bytes behind its JSON)", bytes.remaining());
    }
    List<byte[]> elements = new ArrayList<>();
    while (bytes.hasRemaining()) {
      long length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
      if (length < 0 || length > bytes.remaining() || elements.size() == limits.pictures()) {
        throw RefusedRequestException.malformed(
            "Invalid binary data: the lengths of its elements do not fit");
      }
      byte[] element = new byte[(int) length];
      bytes.get(element);
      elements.add(element);
    }
    return elements;
  }
}
