package dev.braid.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskErrorsTest {
  private static final String MISSING = "Datei oder Verzeichnis nicht gefunden";
  private static final String FULL = "Auf dem Gerät ist kein Speicherplatz mehr verfügbar";

  private final DiskErrors german = new DiskErrors(false, Set.of("(" + MISSING + ")", FULL));

  @Test
  void isTransient_ofAnUnknownTextOfTheSystem_isTrueInAnotherLanguage() {
    DiskErrors english = new DiskErrors(true, Set.of());
    for (IOException error :
        List.of(
            ofTheSystem(new IOException("Eingabe-/Ausgabefehler")),
            ofTheSystem(new FileNotFoundException("/x (Veraltete Dateizugriffsnummer (NFS))")),
            new FileSystemException("/x", null, "Das Gerät oder die Ressource ist belegt"))) {
      assertThat(german.isTransient(error)).as(error.toString()).isTrue();
      assertThat(english.isTransient(error)).as(error.toString()).isFalse();
    }
  }

  @Test
  void isTransient_ofALastingError_isFalse() {
    for (IOException error :
        List.of(
            ofTheSystem(new FileNotFoundException("/x (" + MISSING + ")")),
            ofTheSystem(new IOException(FULL)),
            new FileSystemException("/x", null, FULL),
            new AccessDeniedException("/x"))) {
      assertThat(german.isTransient(error)).as(error.toString()).isFalse();
    }
  }

  @Test
  void isTransient_ofAnErrorThatJavaCodeMade_isFalse() {
    for (IOException error :
        List.of(new IOException("Kein Parquet"), new EOFException("Ende"), new IOException())) {
      assertThat(german.isTransient(error)).as(error.toString()).isFalse();
    }
  }

  @Test
  void isTransient_ofAnEnglishText_isTrueInEveryLanguage() {
    assertThat(german.isTransient(new IOException("Stale file handle"))).isTrue();
  }

  /** The exception as native code throws it. */
  private static <E extends IOException> E ofTheSystem(E error) {
    int isNative = -2;
    error.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.io.FileInputStream", "read0", null, isNative)
        });
    return error;
  }
}
