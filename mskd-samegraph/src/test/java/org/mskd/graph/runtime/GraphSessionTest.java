package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loss of these graphs is sum(2.5 (w x)^3), so d/dw = 7.5 w^2 x^3. */
class GraphSessionTest {
  @BeforeAll
  static void register() {
    KernelOp.register(new ScaleOp());
    KernelOp.register(new ScaleOp());
  }

  private static SameDiff graph() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 3);
    SDVariable w = graph.var("w", Nd4j.createFromArray(1f, 2f, -3f));
    SDVariable product = x.mul(w).rename("product");
    SDVariable cube = new ScaleOp(graph, product, 2.5, 3).outputVariables()[0].rename("cube");
    graph.identity(cube).sum().rename("loss");
    graph.var("unused", Nd4j.createFromArray(1f));
    return graph;
  }

  private static final Map<String, INDArray> INPUT = Map.of("x", Nd4j.createFromArray(1f, -1f, 2f));

  @Test
  void kernelRunsForwardAndBackwardWithItsAttributes() {
    try (GraphSession session =
        GraphSession.forTraining(graph(), "loss", List.of("cube", "loss"))) {
      Map<String, INDArray> outputs = session.run(INPUT);
      assertArrayEquals(new float[] {2.5f, -20f, -540f}, outputs.get("cube").toFloatVector());
      assertEquals(-557.5, outputs.get("loss").getDouble(), 1e-3);
      assertEquals(List.of("w"), session.parameters());
      assertArrayEquals(new float[] {7.5f, -30f, 540f}, session.gradient("w").toFloatVector());
    }
  }

  @Test
  void parameterChangedInPlaceChangesTheNextRun() {
    SameDiff graph = graph();
    try (GraphSession training = GraphSession.forTraining(graph, "loss", List.of("product"));
        GraphSession inference = GraphSession.forInference(graph, List.of("product"))) {
      training.run(INPUT);
      assertSame(inference.parameter("w"), training.parameter("w"));
      HostFloats.fill(training.parameter("w"), new float[] {4, 5, 6});
      float[] expected = {4, -5, 12};
      assertArrayEquals(expected, training.run(INPUT).get("product").toFloatVector());
      assertArrayEquals(expected, inference.run(INPUT).get("product").toFloatVector());
      assertArrayEquals(
          new float[] {7.5f * 16, -7.5f * 25, 60f * 36}, training.gradient("w").toFloatVector());
    }
  }

  @Test
  void memoryStopsGrowing() {
    try (GraphSession session = GraphSession.forTraining(graph(), "loss", List.of("loss"))) {
      session.run(INPUT);
      session.run(INPUT);
      long created = session.arraysCreated();
      for (int i = 0; i < 20; i++) {
        assertEquals(-557.5, session.run(INPUT).get("loss").getDouble(), 1e-3);
      }
      assertEquals(created, session.arraysCreated());
    }
  }

  @Test
  void outputsOutliveTheirLastUse() {
    try (GraphSession session =
        GraphSession.forTraining(graph(), "loss", List.of("product", "cube", "x", "w"))) {
      for (int i = 0; i < 3; i++) {
        Map<String, INDArray> outputs = session.run(INPUT);
        assertArrayEquals(new float[] {1, -2, -6}, outputs.get("product").toFloatVector());
        assertArrayEquals(new float[] {2.5f, -20, -540}, outputs.get("cube").toFloatVector());
        assertSame(INPUT.get("x"), outputs.get("x"));
        assertSame(session.parameter("w"), outputs.get("w"));
      }
    }
  }

  @Test
  void differentiationPrintsNothing() {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      GraphSession.forTraining(graph(), "loss", List.of("loss")).close();
      assertNotSame(out, System.out);
    } finally {
      System.setOut(out);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void timesAreKeptWhenAskedFor() {
    try (GraphSession session = GraphSession.forTraining(graph(), "loss", List.of("loss"))) {
      session.run(INPUT);
      assertTrue(session.nanoseconds().isEmpty());
      session.measure(true);
      session.run(INPUT);
      assertTrue(session.nanoseconds().get("mskd_test_scale") > 0, "no time for the kernel");
    }
  }

  @Test
  void placeholderMayBeAView() {
    INDArray table = Nd4j.createFromArray(new float[][] {{1, 9}, {-1, 9}, {2, 9}});
    try (GraphSession session = GraphSession.forInference(graph(), List.of("cube"))) {
      INDArray cube = session.run(Map.of("x", table.getColumn(0))).get("cube");
      assertArrayEquals(new float[] {2.5f, -20f, -540f}, cube.toFloatVector());
    }
  }

  @Test
  void sessionSurvivesAFailedRun() {
    SameDiff graph = graph();
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      session.run(INPUT);
      long created = session.arraysCreated();
      Map<String, INDArray> tooLarge = Map.of("x", Nd4j.createFromArray(1f, 1f, -1e7f));
      var e = assertThrows(IllegalStateException.class, () -> session.run(tooLarge));
      assertEquals("too large: 3.0E7", e.getMessage());
      assertEquals(-557.5, session.run(INPUT).get("loss").getDouble(), 1e-3);
      assertTrue(session.arraysCreated() <= created, "arrays were lost");
    }
  }

  @Test
  void wrongUseIsNamed() {
    SameDiff graph = graph();
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      assertTrue(thrown(() -> session.run(Map.of())).contains("x"));
      assertTrue(
          thrown(() -> session.run(Map.of("x", Nd4j.zeros(DataType.INT32, 3)))).contains("INT"));
      assertTrue(thrown(() -> session.gradient("unused")).contains("unused"));
      assertTrue(thrown(() -> session.parameter("nothing")).contains("nothing"));
      assertTrue(
          thrown(() -> GraphSession.forTraining(graph, "cube", List.of("cube"))).contains("loss"));
      assertTrue(
          thrown(() -> GraphSession.forInference(graph, List.of("absent"))).contains("absent"));
    }
  }

  @Test
  void operationsThatCannotBeClonedAreRefused() {
    assertTrue(thrown(() -> KernelOp.register(new ScaleOpWithoutClone(1))).contains("constructor"));
  }

  private static String thrown(Executable work) {
    return assertThrows(IllegalArgumentException.class, work).getMessage();
  }

  public static final class ScaleOpWithoutClone extends KernelOp {
    private ScaleOpWithoutClone(int unused) {}

    @Override
    public String opName() {
      return "mskd_test_no_clone";
    }

    @Override
    public int getNumOutputs() {
      return 1;
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return inputs;
    }

    @Override
    protected void run(INDArray[] in, INDArray[] out) {}
  }
}
