package dev.braid.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TaskId;
import dev.braid.model.record.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Positive;

final class TaskParserTest extends ParserContract<TaskRecord> {
  private static TaskRecord task(
      List<String> classNames, List<Double> numerators, Map<String, String> training, long seed) {
    return new TaskRecord(
        new TaskId("dtd"),
        classNames,
        List.of("a photo of a {c}.", "a \"{c}\" texture."),
        ONE,
        TWO,
        new TreeMap<>(Map.of(TaskRecord.SIGN, ONE, TaskRecord.NONZERO, TWO)),
        numerators,
        ONE,
        new TreeMap<>(training),
        seed);
  }

  @Override
  TaskRecord value() {
    return task(
        List.of("café", "cracked\nmud"),
        List.of(0.1, 1234.5, 3e-9, 0.0),
        Map.of("steps", "300", "batch", "64"),
        -7);
  }

  @Override
  String golden() {
    return """
{"class-names":["café","cracked\\nmud"],"data-set":"1…","delta":"2…",\
"numerators":[0.1,1234.5,3e-9,0],"planes":{"nonzero":"2…","sign":"1…"},"prototypes":"1…",\
"seed":-7,"task":"dtd","templates":["a photo of a {c}.","a \\"{c}\\" texture."],\
"training":{"batch":"64","steps":"300"}}""";
  }

  @Override
  byte[] toJson(TaskRecord value) {
    return TaskParser.toJson(value);
  }

  @Override
  TaskRecord fromJson(byte[] json, String file) {
    return TaskParser.fromJson(json, file);
  }

  @Property(tries = 200)
  void fromJson_ofWritten_isTheSame(
      @ForAll @NotEmpty List<String> classNames,
      @ForAll List<@Positive Double> numerators,
      @ForAll Map<String, String> training,
      @ForAll long seed) {
    TaskRecord task = task(classNames, numerators, training, seed);

    assertThat(fromJson(toJson(task), "f")).isEqualTo(task);
  }
}
