package org.mskd.graph.runtime;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;

/** Differentiates a graph without the line SameDiff prints for each operation. */
final class QuietGradient {
  private QuietGradient() {}

  static SameDiff of(SameDiff graph, String loss) {
    if (!graph.hasVariable(loss)) {
      throw new IllegalArgumentException("the graph has no variable " + loss);
    }
    if (!graph.hasGradientFunction()) {
      graph.setLossVariables(loss);
      quietly(graph::createGradFunction);
    } else if (!graph.getLossVariables().equals(List.of(loss))) {
      throw new IllegalArgumentException(
          "the graph was differentiated for " + graph.getLossVariables() + ", not for " + loss);
    }
    return graph.getFunction("grad");
  }

  private static synchronized void quietly(Runnable work) {
    PrintStream out = System.out;
    Thread printer = Thread.currentThread();
    OutputStream others =
        new OutputStream() {
          @Override
          public void write(int b) {
            if (Thread.currentThread() != printer) {
              out.write(b);
            }
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            if (Thread.currentThread() != printer) {
              out.write(bytes, offset, length);
            }
          }
        };
    System.setOut(new PrintStream(others, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(out);
    }
  }
}
