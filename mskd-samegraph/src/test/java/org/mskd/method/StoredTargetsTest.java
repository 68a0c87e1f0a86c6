package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class StoredTargetsTest {
  @Test
  void areWhatFollowsTheImage() {
    INDArray image = Nd4j.create(DataType.FLOAT, 1, 4, 4, 1);
    INDArray margins = Nd4j.create(DataType.FLOAT, 1, 4, 4, 2);
    INDArray index = Nd4j.create(DataType.INT, 1, 2, 2, 2);
    INDArray rows = Nd4j.create(DataType.FLOAT, 1, 8);
    MultiDataSet batch =
        new MultiDataSet(new INDArray[] {image, margins, index, rows}, new INDArray[0]);
    try (StoredTargets targets = new StoredTargets()) {
      List<INDArray> said = targets.of(batch);
      assertEquals(3, said.size());
      assertSame(margins, said.get(0));
      assertSame(index, said.get(1));
      assertSame(rows, said.get(2));
    }
  }
}
