package org.mskd.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantTextTest {
  /** The values for which releases before and after JDK 19 differ are from its release notes. */
  @ParameterizedTest
  @CsvSource({
    "2e23, 2.0E23",
    "-2e23, -2.0E23",
    "8.41e21, 8.41E21",
    "2.0e-3, 0.002",
    "4.9e-324, 4.9E-324",
    "0.1, 0.1",
    "-0.0, -0.0",
    "1234567.5, 1234567.5",
    "1e7, 1.0E7",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void aDoubleHasTheFewestDigits(double value, String text) {
    assertEquals("Double " + text, ConstantText.of(value));
  }

  /** The digests of results that JDK 17 recorded stay. */
  @Test
  void constantsOfThisLibraryHaveTheDigitsOfJdk17() {
    assertEquals("Double 1.15292150460684698E18", ConstantText.of(0x1p60));
    assertEquals("Float 1.17549435E-38", ConstantText.of(Float.MIN_NORMAL));
    assertEquals("Float 0.01", ConstantText.of(0.01f));
    assertEquals("Float 1.4E-45", ConstantText.of(Float.MIN_VALUE));
  }

  @Test
  void othersAreWrittenAsTheyAre() {
    assertEquals("String 2e23", ConstantText.of("2e23"));
    assertEquals("Integer 7", ConstantText.of(7));
  }

  @Test
  void noTextIsLongerThanJavasAndEachIsReadAsTheValue() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      float single = Float.intBitsToFloat(random.nextInt());
      String text = ConstantText.of(value).substring("Double ".length());
      String singleText = ConstantText.of(single).substring("Float ".length());
      String place = "seed " + seed + ": " + value + ", " + single;
      assertEquals(value, Double.parseDouble(text), place);
      assertEquals(single, Float.parseFloat(singleText), place);
      if (Double.isFinite(value)) {
        assertTrue(
            new BigDecimal(text).precision() <= new BigDecimal(Double.toString(value)).precision(),
            place);
      }
    }
  }
}
