package dev.braid.report.page;

import static j2html.TagCreator.span;
import static j2html.TagCreator.td;

import dev.braid.report.Metric;
import dev.braid.report.Spread;
import dev.braid.report.StreamReport;
import j2html.tags.specialized.TdTag;
import java.util.Optional;

/** A table cell with a strategy's metric under a protocol: mean, deviation, a star for the best. */
final class MetricCell {
  private MetricCell() {}

  static TdTag of(StreamReport report, String strategy, String protocol, Metric metric) {
    Optional<Spread> spread = report.spread(strategy, protocol, metric);
    TdTag cell = td();
    if (report.isBest(strategy, protocol, metric)) {
      cell.withClass("best").with(span("★").withTitle("best of the column"));
    }
    cell.withText(spread.map(Spread::mean).map(Figures::percent).orElse(Figures.NONE));
    spread
        .map(Spread::deviation)
        .filter(deviation -> deviation.isPresent())
        .ifPresent(
            deviation ->
                cell.with(span(" ± " + Figures.percent(deviation)).withClass("deviation")));
    return cell;
  }
}
