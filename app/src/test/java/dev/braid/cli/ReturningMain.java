package dev.braid.cli;

/** Calls the program as Spark's own programs do in cluster mode, and says that it came back. */
final class ReturningMain {
  private ReturningMain() {}

  public static void main(String[] arguments) {
    Main.main(arguments);
    System.out.println("returned");
  }
}
