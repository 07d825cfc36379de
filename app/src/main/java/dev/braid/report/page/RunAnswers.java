package dev.braid.report.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.iffElse;
import static j2html.TagCreator.join;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import dev.braid.report.AnswerFigures;
import dev.braid.report.Result;
import dev.braid.report.RoutingTable;
import j2html.tags.DomContent;
import java.util.List;
import java.util.stream.IntStream;

/** How the last model of a run answers: routing, reliability, confusions. */
final class RunAnswers {
  private final String strategy;
  private final Run run;

  RunAnswers(String strategy, Run run) {
    this.strategy = strategy;
    this.run = run;
  }

  /** Whether any result has such figures. */
  static boolean areIn(List<Result> results) {
    return results.stream()
        .anyMatch(result -> result.routing().isPresent() || result.answers().isPresent());
  }

  /** The available figures, as part of a page. */
  DomContent content() {
    List<Result> routed =
        run.results().stream().filter(result -> result.routing().isPresent()).toList();
    List<Result> answered =
        run.results().stream().filter(result -> result.answers().isPresent()).toList();
    return join(
        iff(
            !routed.isEmpty(),
            h4("Where the pictures of %s go, %s".formatted(strategy, run.name()))),
        div(each(routed, this::routing)).withClass("maps"),
        iff(!answered.isEmpty(), new Reliability(strategy, run.name(), answered).content()),
        each(
            run.results().stream().filter(result -> !result.confused().isEmpty()).toList(),
            result -> new ConfusedClasses(result, run.name()).content()));
  }

  private DomContent routing(Result result) {
    RoutingTable table = result.routing().orElseThrow();
    HeatMap heatMap = new HeatMap(1);
    String title =
        ("Routing of %s under %s, %s: %% of a task's pictures by the task whose expert was chosen"
                + " first")
            .formatted(strategy, result.conditions().protocol(), run.name());
    List<Double> ofNoTask = result.answers().map(RunAnswers::sharesOfNoTask).orElse(List.of());
    return div(
        heatMap.of(table, ofNoTask, title),
        p(
            text(
                "Routed to their own task: %s %% of all pictures."
                    .formatted(Figures.percent(table.right()))),
            text(
                result
                    .answers()
                    .map(
                        answers ->
                            " Taken for pictures of no learned task: %s %%."
                                .formatted(Figures.percent(answers.shareOfNoTask())))
                    .orElse("")),
            iffElse(HeatMap.isDense(table), text(" " + HeatMap.DENSE), text(""))));
  }

  private static List<Double> sharesOfNoTask(AnswerFigures answers) {
    return IntStream.range(0, answers.tasks().size()).mapToObj(answers::shareOfNoTask).toList();
  }
}
