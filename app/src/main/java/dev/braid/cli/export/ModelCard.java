package dev.braid.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.figures.Proportion;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.vlm.text.Templates;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The README.md of an exported model: what it is, and how Hugging Face's programs use it right. */
record ModelCard(ExpertOrigin origin, boolean isAdapter, Set<String> keptFiles) {
  private static final int MOST_CLASSES = 200;

  private static final String HEAD =
      """
      ---
      license: # fill in: %s
      library_name: %s
      pipeline_tag: zero-shot-image-classification
      tags:
      - clip
      - braid
      ---

      # %s

      %s
      """;

  private static final String ORIGIN =
      """

## Origin

* Base: `%s` (digest of its tensors and files)
* Line `%s`, version %s, strategy `%s`
* Model: `%s`
""";

  private static final String PIPELINE =
      """

## Use

The prompts are part of the model: with other prompts, such as the pipeline's default, it answers worse.
Class names stand in them as below, with blanks in the place of underscores.

```python
import json
from pathlib import Path
from transformers import pipeline

folder = Path("FOLDER")  # this folder
task = json.loads((folder / "braid.json").read_text(encoding="utf-8"))
prompts = [task["templates"][0].replace("{c}", label) for label in task["labels"]]
classify = pipeline("zero-shot-image-classification", model=str(folder))
answers = classify("picture.jpg", candidate_labels=prompts, hypothesis_template="{}",
                   tokenizer_kwargs={"truncation": True})
print(task["class-names"][prompts.index(answers[0]["label"])])
```
""";

  private static final String ALL_TASKS =
      """

## Use

The prompts are part of the model: those of all its tasks are the candidates. braid.json has them. Braid takes
the unit mean of a class's prompts if there are several templates, and counts equal names of two tasks as one.

```python
import json
from pathlib import Path
from transformers import pipeline

folder = Path("FOLDER")  # this folder
tasks = json.loads((folder / "braid.json").read_text(encoding="utf-8"))["tasks"]
prompts = {t["templates"][0].replace("{c}", label): name
           for t in tasks for label, name in zip(t["labels"], t["class-names"])}
classify = pipeline("zero-shot-image-classification", model=str(folder))
answers = classify("picture.jpg", candidate_labels=list(prompts), hypothesis_template="{}",
                   tokenizer_kwargs={"truncation": True})
print(prompts[answers[0]["label"]])
```
""";

  private static final String SEVERAL =
      """

The task has %s templates. Braid averages the unit vectors of a class's prompts; the pipeline uses the first
template alone, so a few answers may differ.
""";

  private static final String PEFT =
      """

## Use

```python
from peft import PeftModel
from transformers import CLIPModel

base = CLIPModel.from_pretrained("BASE")  # the folder that `braid export --base` wrote
model = PeftModel.from_pretrained(base, "FOLDER").merge_and_unload()
```

The prompts are part of the model: `templates` in braid.json, with each of `labels` in the place of `{c}`.
""";

  byte[] bytes() {
    StringBuilder card = new StringBuilder(head());
    card.append(
        ORIGIN.formatted(
            origin.model().base(),
            origin.version().line(),
            origin.version().number(),
            origin.model().strategy(),
            origin.version().model()));
    if (isAdapter) {
      card.append(PEFT);
    }
    if (!isAdapter && origin.task().isEmpty() && !origin.all().isEmpty()) {
      card.append(ALL_TASKS);
    }
    origin.task().ifPresent(task -> addTask(card, task));
    return card.toString().getBytes(UTF_8);
  }

  private String head() {
    String licences =
        keptFiles.stream()
            .filter(name -> name.toUpperCase(Locale.ROOT).startsWith("LICEN"))
            .collect(Collectors.joining(", "));
    return HEAD.formatted(
        licences.isEmpty() ? "the licence of the base" : "see " + licences,
        isAdapter ? "peft" : "transformers",
        origin.task().map(task -> task.task().name()).orElse("All tasks of one model"),
        summary());
  }

  private String summary() {
    String kind = isAdapter ? "A LoRA adapter for a CLIP" : "A CLIP";
    return origin
        .task()
        .map(
            task ->
                "%s that was fine-tuned by Braid on the %s classes of the task `%s`."
                    .formatted(kind, task.classNames().size(), task.task()))
        .orElseGet(
            () ->
                "%s that was fine-tuned by Braid on these tasks, one after the other: %s."
                    .formatted(
                        kind,
                        origin.model().tasks().stream()
                            .map(Learned::task)
                            .map(task -> "`" + task + "`")
                            .collect(Collectors.joining(", "))));
  }

  private void addTask(StringBuilder card, TaskRecord task) {
    if (!isAdapter) {
      card.append(PIPELINE);
    }
    if (task.templates().size() > 1) {
      card.append(SEVERAL.formatted(task.templates().size()));
    }
    card.append("\n## Accuracy\n\n").append(accuracy());
    card.append("\n## Templates\n\n");
    task.templates().forEach(template -> card.append("* `%s`\n".formatted(template)));
    addClasses(card, task);
  }

  private String accuracy() {
    return origin
            .validation()
            .map(ModelCard::measured)
            .orElse("Not measured: the version was published without a gate.\n")
        + "\n"
        + "Protocol: the task of a picture is known, so the classes below are the candidates; top-1"
        + " over the validation\n"
        + "pictures, which were not trained on. Braid may mix in the statistics of the classes"
        + " (`answer.rule = fused`),\n"
        + "which this folder does not contain. `braid evaluate` measures on test pictures.\n";
  }

  private static String measured(Proportion validation) {
    return "%.1f %% (%s of %s validation pictures) when the task was learned.\n"
        .formatted(100 * validation.value(), validation.correct(), validation.total());
  }

  private static void addClasses(StringBuilder card, TaskRecord task) {
    card.append("\n## Classes\n\n| class | prompt |\n|---|---|\n");
    List<String> names = task.classNames();
    names.stream()
        .limit(MOST_CLASSES)
        .map(name -> row(name, Templates.fill(task.templates().get(0), name)))
        .forEach(card::append);
    if (names.size() > MOST_CLASSES) {
      card.append("\nand %s more, in braid.json.\n".formatted(names.size() - MOST_CLASSES));
    }
  }

  private static String row(String name, String prompt) {
    return "| %s | %s |\n".formatted(cell(name), cell(prompt));
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|");
  }
}
