package dev.braid.demo.figure;

import java.util.List;

/** The ten digits as pen strokes: corner points in a box from −0.6 to 0.6 by −1 to 1. */
public final class Digits {
  public static final List<Kind<List<double[]>>> ALL =
      List.of(
          digit(
              "zero",
              new double[] {
                0, -1, 0.45, -0.75, 0.58, 0, 0.45, 0.75, 0, 1, -0.45, 0.75, -0.58, 0, -0.45, -0.75,
                0, -1
              }),
          digit("one", new double[] {-0.35, -0.6, 0.1, -1, 0.1, 1}),
          digit(
              "two",
              new double[] {
                -0.5, -0.6, -0.25, -0.95, 0.25, -0.95, 0.5, -0.55, 0.3, 0, -0.55, 1, 0.6, 1
              }),
          digit(
              "three",
              new double[] {
                -0.5, -0.8, 0, -1, 0.48, -0.7, 0.4, -0.25, 0, -0.05, 0.5, 0.25, 0.5, 0.7, 0.05, 1,
                -0.5, 0.8
              }),
          digit(
              "four",
              new double[] {0.15, -1, -0.6, 0.3, 0.6, 0.3},
              new double[] {0.3, -0.3, 0.3, 1}),
          digit(
              "five",
              new double[] {
                0.5, -1, -0.4, -1, -0.48, -0.15, 0.1, -0.3, 0.5, 0.1, 0.48, 0.65, 0.05, 1, -0.5, 0.8
              }),
          digit(
              "six",
              new double[] {
                0.35, -1, -0.25, -0.5, -0.5, 0.3, -0.3, 0.9, 0.15, 1, 0.5, 0.65, 0.4, 0.15, 0, 0,
                -0.45, 0.3
              }),
          digit("seven", new double[] {-0.55, -1, 0.55, -1, -0.1, 1}),
          digit(
              "eight",
              new double[] {
                0, -0.05, -0.42, -0.4, -0.3, -0.88, 0, -1, 0.3, -0.88, 0.42, -0.4, 0, -0.05, -0.5,
                0.4, -0.4, 0.88, 0, 1, 0.4, 0.88, 0.5, 0.4, 0, -0.05
              }),
          digit(
              "nine",
              new double[] {
                0.45, -0.45, 0.1, -0.05, -0.38, -0.2, -0.45, -0.7, -0.1, -1, 0.35, -0.9, 0.47, -0.4,
                0.3, 0.4, -0.1, 1
              }));

  private Digits() {}

  private static Kind<List<double[]>> digit(String name, double[]... strokes) {
    return new Kind<>(name, List.of(strokes));
  }
}
