package dev.braid.driver;

import dev.braid.inference.BaseDefinition;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.store.ModelStore;
import dev.braid.vlm.ModelDefinition.SameTokens;
import dev.braid.vlm.text.Templates;
import java.util.List;
import java.util.Optional;

/**
 * Refuses classes that the model could never tell apart, because it reads their prompts as the same
 * tokens.
 *
 * <p>Names may differ in what a tokenizer leaves out: the case and the composition of letters, the
 * number and kind of blanks, and all that lies behind the model's longest text.
 */
public final class PromptCheck {
  private final ModelStore store;

  public PromptCheck(ModelStore store) {
    this.store = store;
  }

  /**
   * Checks the prompts that a task is trained with.
   *
   * @param source of the classes, for messages
   * @param templates training uses the first
   * @throws RefusedDatasetException if two classes have the same
   */
  public void run(String source, List<String> templates, List<String> classNames) {
    String template = templates.get(0);
    List<String> prompts = classNames.stream().map(name -> Templates.fill(template, name)).toList();
    Optional<SameTokens> same = BaseDefinition.of(store).sameTokens(prompts);
    if (same.isPresent()) {
      throw new RefusedDatasetException(
          "Cannot learn from %s: to the model the classes '%s' and '%s' are one, because their"
              + " prompts ('%s') have the same tokens (it leaves out the case of letters, some"
              + " blanks, and the end of a long text); rename one",
          source,
          classNames.get(same.get().first()),
          classNames.get(same.get().second()),
          template);
    }
  }
}
