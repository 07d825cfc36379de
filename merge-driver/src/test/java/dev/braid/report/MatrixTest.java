package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.TaskId;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** The worked example of METHODS 5. */
  private static final Matrix EXAMPLE =
      new Matrix(
          List.of(new TaskId("a"), new TaskId("b"), new TaskId("c")),
          List.of(
              List.of(.20, .40, .50),
              List.of(.90, .38, .46),
              List.of(.80, .85, .44),
              List.of(.70, .75, .95)));

  @Test
  void metrics_ofTheWorkedExample_areItsFigures() {
    assertThat(EXAMPLE.transfer()).isCloseTo(.415, EXACT);
    assertThat(EXAMPLE.transfer(2)).isCloseTo(.38, EXACT);
    assertThat(EXAMPLE.transfer(3)).isCloseTo(.45, EXACT);
    assertThat(EXAMPLE.average()).isCloseTo((.80 + .66 + 1.85 / 3) / 3, EXACT);
    assertThat(EXAMPLE.average(3)).isCloseTo(1.85 / 3, EXACT);
    assertThat(EXAMPLE.last()).isCloseTo(.80, EXACT);
    assertThat(EXAMPLE.backwardTransfer()).isCloseTo(-.15, EXACT);
    assertThat(EXAMPLE.forwardTransfer()).isCloseTo(-.04, EXACT);
    assertThat(EXAMPLE.zeroShot()).isCloseTo(1.1 / 3, EXACT);
  }

  @Test
  void transfer_ofOneTask_isNotANumber() {
    Matrix one = new Matrix(List.of(new TaskId("a")), List.of(List.of(.2), List.of(.9)));

    assertThat(one.transfer()).isNaN();
    assertThat(one.last()).isEqualTo(.9);
  }

  @Test
  void ofTheWrongShape_isRefused() {
    assertThatThrownBy(() -> new Matrix(List.of(new TaskId("a")), List.of(List.of(.2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rows for 1 tasks");
  }

  @Test
  void lines_ofTheTable_markWhatWasLearned() {
    assertThat(MatrixTable.lines(EXAMPLE))
        .containsExactly(
            "                        a       b       c ",
            "base                 20.0    40.0    50.0 ",
            "after a              90.0*   38.0    46.0 ",
            "after b              80.0    85.0*   44.0 ",
            "after c              70.0    75.0    95.0*");
  }

  @Test
  void lines_ofTheTable_holdLongNames() {
    Matrix one =
        new Matrix(List.of(new TaskId("pacs_cartoon")), List.of(List.of(.155), List.of(.307)));

    assertThat(MatrixTable.lines(one))
        .containsExactly(
            "                    pacs_cartoon ",
            "base                        15.5 ",
            "after pacs_cartoon          30.7*");
  }
}
