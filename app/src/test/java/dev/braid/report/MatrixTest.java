package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.TaskId;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void forgetting_isTheNegatedBackwardTransfer() {
    assertThat(EXAMPLE.forgetting()).isCloseTo(.15, EXACT);
    Matrix one = new Matrix(List.of(new TaskId("a")), List.of(List.of(.2), List.of(.9)));
    assertThat(one.forgetting()).isNaN();
  }

  @Test
  void metrics_withAMissingCell_areMissingWhereTheirFormulaNeedsIt() {
    Matrix withoutBase =
        new Matrix(
            EXAMPLE.tasks(),
            List.of(
                Collections.nCopies(3, Matrix.MISSING),
                EXAMPLE.rows().get(1),
                EXAMPLE.rows().get(2),
                EXAMPLE.rows().get(3)));

    assertThat(withoutBase.zeroShot()).isNaN();
    assertThat(withoutBase.forwardTransfer()).isNaN();
    assertThat(withoutBase.transfer()).isCloseTo(.415, EXACT);
    assertThat(withoutBase.last()).isCloseTo(.80, EXACT);

    Matrix withoutOne =
        new Matrix(
            EXAMPLE.tasks(),
            List.of(
                EXAMPLE.rows().get(0),
                EXAMPLE.rows().get(1),
                EXAMPLE.rows().get(2),
                List.of(.70, Matrix.MISSING, .95)));

    assertThat(withoutOne.last()).isNaN();
    assertThat(withoutOne.average()).isNaN();
    assertThat(withoutOne.backwardTransfer()).isNaN();
    assertThat(withoutOne.transfer()).isCloseTo(.415, EXACT);
    assertThat(withoutOne.average(3)).isCloseTo(1.85 / 3, EXACT);
  }

  @Test
  void json_ofMissingCells_hasNullAndNoMetricOfThem() throws IOException {
    Matrix half =
        new Matrix(List.of(new TaskId("a")), List.of(List.of(Matrix.MISSING), List.of(.5)));

    JsonNode json = new ObjectMapper().readTree(MatrixWriter.toJson(half).bytes());

    assertThat(json.at("/matrix").toString()).isEqualTo("[[null],[0.5]]");
    assertThat(json.has("zero_shot")).isFalse();
    assertThat(json.has("transfer")).isFalse();
    assertThat(json.at("/last").doubleValue()).isEqualTo(.5);
  }

  @ParameterizedTest
  @CsvSource({
    "sequential, 44.6, 55.9, 77.3",
    "lwf, 56.9, 64.7, 74.6",
    "icarl, 50.4, 65.7, 80.1",
    "wise-ft, 52.3, 60.7, 77.7",
    "zscl, 68.1, 75.4, 83.6"
  })
  void metrics_ofThePublishedMatrices_areThePublishedFigures(
      String method, double transfer, double average, double last) throws IOException {
    Matrix matrix = PublishedMatrix.of(method);
    Offset<Double> rounding = within(.0551); // to two decimals, then to one

    assertThat(100 * matrix.transfer()).isCloseTo(transfer, rounding);
    assertThat(100 * matrix.average()).isCloseTo(average, rounding);
    assertThat(100 * matrix.last()).isCloseTo(last, rounding);
    assertThat(matrix.zeroShot()).as("the base is not in the publication").isNaN();
  }

  @Test
  void ofAnAccuracyInPerCent_isRefused() {
    assertThatThrownBy(
            () -> new Matrix(List.of(new TaskId("a")), List.of(List.of(.2), List.of(90.))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid matrix: an accuracy of 90.0 (0 to 1, or not-a-number if there is none)");
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
  void lines_ofTheTable_fitLongNames() {
    Matrix one =
        new Matrix(List.of(new TaskId("pacs_cartoon")), List.of(List.of(.155), List.of(.307)));

    assertThat(MatrixTable.lines(one))
        .containsExactly(
            "                    pacs_cartoon ",
            "base                        15.5 ",
            "after pacs_cartoon          30.7*");
  }
}
