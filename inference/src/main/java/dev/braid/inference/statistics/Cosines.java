package dev.braid.inference.statistics;

/** Cosines of a picture's unit vector with the unit vectors of classes. */
public final class Cosines {
  private Cosines() {}

  /**
   * The cosine with each class, summed in float64 in the order of the values.
   *
   * @param classes a vector of the picture's length for each class
   */
  public static double[] of(float[] picture, float[][] classes) {
    double[] cosines = new double[classes.length];
    for (int k = 0; k < cosines.length; k++) {
      double dot = 0;
      for (int i = 0; i < picture.length; i++) {
        dot += (double) picture[i] * classes[k][i];
      }
      cosines[k] = dot;
    }
    return cosines;
  }
}
