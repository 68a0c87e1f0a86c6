package org.mskd.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {
  private enum Shape {
    ROUND,
    SQUARE
  }

  private static final Option<Double> WEIGHT = Option.number("weight", 10, 0, "a weight");
  private static final Option<Double> SHARE = Option.number("share", 0.5, 0, 1, "a share");
  private static final Option<Integer> COUNT = Option.integer("count", 3, 1, 9, "a count");
  private static final Option<List<Integer>> LEVELS =
      Option.integers("levels", List.of(1), 0, 4, "levels");
  private static final Option<List<Double>> SIZES =
      Option.numbers("sizes", "measured", 0, 1, "sizes");
  private static final Option<Boolean> SORTED = Option.flag("sorted", true, "whether sorted");
  private static final Option<Shape> SHAPE = Option.oneOf("shape", Shape.ROUND, "a shape");
  private static final List<Option<?>> ALL = List.of(WEIGHT, SHARE, COUNT, LEVELS, SORTED, SHAPE);

  @Test
  void valuesAreReadAndWrittenInOneWay() {
    OptionValues values = OptionValues.defaults(ALL);
    assertEquals(
        Map.of(
            "weight", "10", "share", "0.5", "count", "3", "levels", "1", "sorted", "true", "shape",
            "round"),
        values.texts());
    OptionValues changed =
        values.with("weight", "2.50").with("levels", "3,0  1").with("shape", "Square");
    assertEquals(2.5, changed.get(WEIGHT));
    assertEquals(List.of(0, 1, 3), changed.get(LEVELS));
    assertEquals(Shape.SQUARE, changed.get(SHAPE));
    assertEquals("0 1 3", changed.texts().get("levels"));
    assertEquals(values, OptionValues.of(ALL, Map.of("weight", "1e1")));
    assertNotEquals(values, changed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "Infinity", "ten", "", "1,5"})
  void aNumberThatIsNotAllowedIsRefused(String text) {
    OptionNotAllowed e = assertThrows(OptionNotAllowed.class, () -> WEIGHT.parse(text));
    assertEquals("weight", e.option());
    assertEquals(text, e.value());
    assertEquals("a number of at least 0", e.allowed());
  }

  @Test
  void numbersKeepTheirOrderAndNoneHasAWord() {
    assertEquals(List.of(0.3, 0.0, 0.3), SIZES.parse(" 0.30, 0 0.3 "));
    assertEquals("0.3 0 0.3", SIZES.write(List.of(0.3, 0.0, 0.3)));
    assertEquals(List.of(), SIZES.parse("measured"));
    assertEquals("measured", SIZES.defaultText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-0.1 0.2", "1.5", "0.1 NaN", "measured 0.1", "some"})
  void numbersThatAreNotAllowedAreRefused(String text) {
    assertThrows(OptionNotAllowed.class, () -> SIZES.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0 0", "-1", "", ",", "0.5", "0 x"})
  void levelsThatAreNotAllowedAreRefused(String text) {
    assertThrows(OptionNotAllowed.class, () -> LEVELS.parse(text));
  }

  @Test
  void boundsAreNamed() {
    assertEquals("a number from 0 to 1", SHARE.type().allowed());
    assertEquals("a whole number from 1 to 9", COUNT.type().allowed());
    assertEquals("round or square", SHAPE.type().allowed());
    assertThrows(OptionNotAllowed.class, () -> SHARE.parse("1.01"));
    assertThrows(OptionNotAllowed.class, () -> COUNT.parse("10"));
    assertThrows(OptionNotAllowed.class, () -> SORTED.parse("yes"));
    assertThrows(OptionNotAllowed.class, () -> SHAPE.parse("oval"));
  }

  @Test
  void aDeclarationIsChecked() {
    assertThrows(IllegalArgumentException.class, () -> Option.number("Weight", 1, 0, "help"));
    assertThrows(IllegalArgumentException.class, () -> Option.number("weight", -1, 0, "help"));
    assertThrows(
        IllegalArgumentException.class, () -> OptionValues.defaults(List.of(WEIGHT, WEIGHT)));
    assertThrows(IllegalArgumentException.class, () -> OptionValues.of(ALL, Map.of("height", "1")));
  }
}
