package dev.braid.vlm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Devices;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceCheckTest {
  @Test
  void compare_ofTheCpuWithItself_findsLittleButRoundingInTheOptimizer() throws IOException {
    List<DeviceCheck.Figure> figures = DeviceCheck.compare(Devices.copyingCpu());

    assertThat(figures).hasSize(20).allMatch(figure -> figure.distance() < 1e-4);
    assertThat(figures)
        .filteredOn(figure -> figure.name().matches("the (encoding|gradient) .*"))
        .hasSize(8)
        .allMatch(figure -> figure.distance() == 0);
  }

  /** So every part of the trial matters: no weight stands still, no moment is lost unseen. */
  @Test
  void require_ofADeviceThatLosesWhatIsWritten_namesWhatDiffers() {
    assertThatThrownBy(() -> DeviceCheck.require(Devices.forgetfulCpu()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "its results differ from those of the CPU: on a small CLIP, the resumed step in float32"
                + " differs by .* \\(at most 1e-03\\)");
  }

  @Test
  void figure_thatIsNotANumber_agreesWithNothing() {
    assertThat(new DeviceCheck.Figure("x", Double.NaN, 1).agrees()).isFalse();
  }

  @Test
  void require_ofTheCpu_isSilent() throws IOException {
    DeviceCheck.require(Device.CPU);
  }
}
