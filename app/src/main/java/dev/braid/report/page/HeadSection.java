package dev.braid.report.page;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.join;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tfoot;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.report.LineHead;
import dev.braid.report.Matrix;
import dev.braid.report.Result;
import dev.braid.report.StreamReport;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TrTag;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The section on a line's state: what it learned last, its accuracy now and before, what was set
 * aside.
 */
final class HeadSection {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final StreamReport report;
  private final LineHead head;

  HeadSection(StreamReport report, LineHead head) {
    this.report = report;
    this.head = head;
  }

  /** The section as part of a page. */
  SectionTag content() {
    return section(
            h2("State of the line"),
            facts(),
            h3("Accuracy on each task, now and before"),
            p(
                "In % of the task's test pictures: with the base, when the task was learned, before"
                    + " %s was learned, and with the head. Change is the difference between now and"
                        .formatted(last())
                    + " when the task was learned: below zero, some of it was forgotten."),
            div(each(report.results(), this::accuracies)).withClass("maps"),
            dl(each(
                    report.protocols(),
                    protocol -> join(dt(protocol), dd(ProtocolTexts.meaning(protocol)))))
                .withClass("facts"),
            setAside())
        .withId("head");
  }

  private DomContent facts() {
    Version version = head.version();
    return dl(
            fact(
                "Head",
                "version %d, %s: %s"
                    .formatted(version.number(), TIME.format(version.time()), version.action())),
            fact("Learned last", since(head.newest())),
            fact("Knows", tasks()),
            fact("Accuracy now", means()),
            fact(
                "Set aside",
                head.setAside().isEmpty() ? "nothing" : head.setAside().size() + ", see below"),
            fact("Model", version.model().abbreviated()))
        .withClass("facts");
  }

  private static DomContent fact(String name, String text) {
    return join(dt(name), dd(text));
  }

  private String since(TaskId task) {
    Version version = head.learned().get(task);
    return version == null
        ? task.name()
        : "%s, with version %d, %s".formatted(task, version.number(), TIME.format(version.time()));
  }

  private String tasks() {
    List<TaskId> tasks = report.results().get(0).matrix().tasks();
    return tasks.stream().map(this::numbered).collect(Collectors.joining(" → "))
        + ": "
        + Figures.count(tasks.size(), "task", "tasks")
        + ", each with the version that learned it";
  }

  private String numbered(TaskId task) {
    Version version = head.learned().get(task);
    return version == null ? task.name() : "%s (%d)".formatted(task, version.number());
  }

  private TaskId last() {
    List<TaskId> tasks = report.results().get(0).matrix().tasks();
    return tasks.get(tasks.size() - 1);
  }

  private String means() {
    return report.results().stream()
        .map(
            result ->
                "%s %% under %s"
                    .formatted(
                        Figures.percent(result.matrix().last()), result.conditions().protocol()))
        .collect(Collectors.joining(", ", "", " (mean over the tasks)"));
  }

  private TableTag accuracies(Result result) {
    Matrix matrix = result.matrix();
    int last = matrix.tasks().size();
    return table(
            caption("Accuracy in % under " + result.conditions().protocol()),
            thead(
                tr(
                    th("task"),
                    th("base"),
                    th("when learned"),
                    th(text("before "), Names.breakable(last().name())),
                    th("now"),
                    th("change"))),
            tbody(each(IntStream.rangeClosed(1, last).boxed().toList(), task -> row(matrix, task))),
            tfoot(
                tr(
                    th("mean").attr("scope", "row"),
                    td(Figures.percent(matrix.zeroShot())),
                    td(),
                    td(Figures.percent(matrix.mean(last - 1))),
                    td(Figures.percent(matrix.last())),
                    td())))
        .withClass("head");
  }

  private TrTag row(Matrix matrix, int task) {
    int last = matrix.tasks().size();
    TaskId name = matrix.tasks().get(task - 1);
    return tr(
            th(Names.breakable(name.name())).attr("scope", "row"),
            td(Figures.percent(matrix.at(0, task))),
            td(Figures.percent(matrix.at(task, task))),
            td(Figures.percent(matrix.at(last - 1, task))),
            td(Figures.percent(matrix.last(task))).withClass("now"),
            td(Figures.change(matrix.at(task, task), matrix.last(task))))
        .withCondClass(name.equals(head.newest()), "newest");
  }

  private DomContent setAside() {
    return iff(
        !head.setAside().isEmpty(),
        join(
            h3("Set aside"),
            table(
                    caption("Tasks in the inbox that the line set aside, oldest first"),
                    thead(tr(th("task"), th("reason"))),
                    tbody(
                        each(
                            head.setAside(),
                            aside ->
                                tr(
                                    th(aside.task().name()).attr("scope", "row"),
                                    td(aside.reason())))))
                .withClass("words")
                .withId("set-aside")));
  }
}
