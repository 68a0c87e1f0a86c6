package org.mskd.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreRoundNumbers() {
    List<String> ticks = new Axis(0, 1, 0, 100, false).ticks().stream().map(Axis::text).toList();
    assertEquals(List.of("0", "0.2", "0.4", "0.6", "0.8", "1"), ticks);
    assertEquals(
        List.of("0", "500", "1000", "1500", "2000", "2500"),
        new Axis(0, 2500, 0, 1, false).ticks().stream().map(Axis::text).toList());
  }

  @Test
  void equalFactorsAreEqualDistancesOnALogarithmicAxis() {
    Axis axis = Axis.of(0.001, 10, 200, 0);
    assertTrue(axis.logarithmic());
    assertEquals(100, axis.at(0.1), 1e-9);
    assertEquals(
        List.of("0.001", "0.01", "0.1", "1", "10"), axis.ticks().stream().map(Axis::text).toList());
  }

  @Test
  void aConstantIsInTheMiddle() {
    Axis axis = Axis.of(5, 5, 0, 100);
    assertEquals(50, axis.at(5), 1e-9);
    assertEquals(50, Axis.of(0, 0, 0, 100).at(0), 1e-9);
    Axis rate = Axis.of(3e-4, Math.nextUp(3e-4), 0, 100); // a mean may differ in the last bit
    assertEquals(50, rate.at(3e-4), 1e-9);
    List<String> texts = rate.ticks().stream().map(Axis::text).toList();
    assertEquals(List.of("2.8e-4", "3e-4", "3.2e-4"), texts);
  }

  @Test
  void aShortLogarithmicAxisHasSeveralTicks() {
    assertEquals(
        List.of("0.5", "1", "2", "5"),
        Axis.of(0.3, 6.5, 0, 1).ticks().stream().map(Axis::text).toList());
  }

  @Test
  void smallNumbersHaveAnExponent() {
    assertEquals("3e-4", Axis.text(3e-4));
    assertEquals("2e6", Axis.text(2e6));
    assertEquals("0", Axis.text(0));
  }
}
