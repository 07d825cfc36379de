package dev.braid.jobs.source;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Pictures that are drawn when they are read: the reference that other sources must agree with. */
record InMemoryPictures(List<LabelledPicture> pictures) implements PictureSource {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options) {
    List<String> classNames =
        pictures.stream().map(LabelledPicture::className).distinct().sorted().toList();
    List<String> names = ClassNameList.checked(name(), classNames);
    return new SourceRows(
        names,
        spark.parallelize(pictures, 2).map(picture -> row(picture, classNames)),
        List.of(),
        PictureReading.NO_FILES);
  }

  private static SourceRow row(LabelledPicture picture, List<String> classNames) {
    return SourceRow.of(
        new ListedPicture(
            picture.split(),
            classNames.indexOf(picture.className()),
            String.valueOf(picture.number())),
        picture.encoded());
  }
}
