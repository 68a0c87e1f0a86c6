package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DiskSpaceTest {
  @Test
  void amountsAreRoundedUp() {
    assertEquals("1 MiB", DiskSpace.text(1));
    assertEquals("500 MiB", DiskSpace.text(500 << 20));
    assertEquals("501 MiB", DiskSpace.text((500 << 20) + 1));
    assertEquals("8.0 GiB", DiskSpace.text(8L << 30));
    assertEquals("8.1 GiB", DiskSpace.text((8L << 30) + 1));
    assertEquals("501m", DiskSpace.setting((500 << 20) + 1));
    assertEquals("2048m", DiskSpace.setting(2L << 30));
    assertEquals("9g", DiskSpace.setting((8L << 30) + 1));
  }
}
