package dev.braid.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Braid this is. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(built from source)");
    return new String[] {"braid " + version};
  }
}
