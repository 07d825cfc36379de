package dev.braid.cli.terminal;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version text of this build of Braid. */
public final class CodeVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(CodeVersion.class.getPackage().getImplementationVersion())
            .orElse("(built from source)");
    return new String[] {"braid " + version};
  }
}
