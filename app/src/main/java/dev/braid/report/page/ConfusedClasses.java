package dev.braid.report.page;

import static j2html.TagCreator.br;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h4;
import static j2html.TagCreator.img;
import static j2html.TagCreator.join;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.braid.model.TaskId;
import dev.braid.model.figures.Confusion;
import dev.braid.report.ConfusedPair;
import dev.braid.report.Result;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.Optional;

/** The classes that the last model confuses most, with a picture of each. */
final class ConfusedClasses {
  private final Result result;
  private final String run;

  ConfusedClasses(Result result, String run) {
    this.result = result;
    this.run = run;
  }

  /** The table as part of a page. */
  DomContent content() {
    String protocol = result.conditions().protocol();
    String strategy = result.contender().strategy();
    return join(
        h4("What %s confuses most, %s".formatted(strategy, run)),
        p(
            "The classes whose test pictures are most often answered as one other class, with the"
                + " number of those pictures and their share of the class. The first picture is one"
                + " of them; the second one is a training picture of the class that is answered."),
        table(
                caption(
                    "Most confused classes of %s under %s, %s".formatted(strategy, protocol, run)),
                thead(tr(th("class"), th("answered as"), th("pictures"), th("of the class, %"))),
                tbody(each(result.confused(), ConfusedClasses::row)))
            .withClass("confused"));
  }

  private static TrTag row(ConfusedPair pair) {
    Confusion confusion = pair.confusion();
    String asked = name(confusion.className(), pair.task());
    String answered = name(confusion.answer(), confusion.task());
    return tr(
        th(
                picture(
                    pair.confused(),
                    "A test picture of %s, answered as %s".formatted(asked, answered)),
                label(confusion.className(), pair.task()))
            .attr("scope", "row"),
        td(
            picture(pair.answered(), "A training picture of " + answered),
            label(confusion.answer(), confusion.task())),
        td(Long.toString(confusion.pictures())),
        td(Figures.percent(pair.share())));
  }

  private static String name(String className, TaskId task) {
    return "%s (%s)".formatted(className, task);
  }

  private static DomContent picture(Optional<String> png, String alternative) {
    return png.<DomContent>map(
            base64 -> img().withSrc("data:image/png;base64," + base64).withAlt(alternative))
        .orElse(div("no picture").withClass("aside"));
  }

  private static DomContent label(String className, TaskId task) {
    return div(
        Names.breakable(className), br(), span(Names.breakable(task.name())).withClass("aside"));
  }
}
