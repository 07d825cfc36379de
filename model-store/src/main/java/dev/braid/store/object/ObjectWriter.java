package dev.braid.store.object;

import dev.braid.model.Digest;
import java.io.OutputStream;

/** Writes one object; closing it before it is finished leaves nothing behind. */
public abstract class ObjectWriter extends OutputStream {
  /** The number of bytes written so far. */
  public abstract long length();

  /** Puts the object in its place. */
  public abstract Digest finish();

  @Override
  public abstract void write(int value);

  @Override
  public abstract void write(byte[] bytes, int offset, int length);

  @Override
  public abstract void close();
}
