package dev.braid.jobs.source;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Pictures that are drawn when they are read: the reference that other sources must agree with. */
record InMemoryPictures(List<LabelledPicture> pictures) implements PictureSource {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public PictureListing list(Configuration configuration) {
    List<String> classNames =
        pictures.stream().map(LabelledPicture::className).distinct().sorted().toList();
    return new PictureListing(
        ClassNameList.checked(name(), classNames),
        IntStream.range(0, pictures.size())
            .mapToObj(i -> listed(i, pictures.get(i), classNames))
            .toList());
  }

  private static ListedPicture listed(int i, LabelledPicture picture, List<String> classNames) {
    return new ListedPicture(
        picture.split(), classNames.indexOf(picture.className()), String.valueOf(i));
  }

  @Override
  public byte[] read(String picture, Configuration configuration) {
    return pictures.get(Integer.parseInt(picture)).encoded();
  }
}
