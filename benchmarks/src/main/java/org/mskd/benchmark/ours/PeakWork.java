package org.mskd.benchmark.ours;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;

/**
 * The peak rate of float multiply-add operations on this machine, as measured by oneDNN's product
 * of two large square matrices, which reuses loaded values often enough to be limited by arithmetic
 * alone.
 */
final class PeakWork {
  private static final int WARMUP = 3;

  private PeakWork() {}

  static void run(int side, int steps, Results results) {
    try (PointerScope scope = new PointerScope()) {
      engine cpu = new engine(dnnl.dnnl_cpu, 0);
      stream queue = new stream(cpu);
      memory.desc square =
          new memory.desc(new long[] {side, side}, memory.data_type.f32, memory.format_tag.ab);
      memory left = filled(square, cpu, side);
      memory right = filled(square, cpu, side);
      memory product = filled(square, cpu, side);
      matmul multiply = new matmul(new matmul.primitive_desc(cpu, square, square, square));
      IntMemoryMap arguments =
          new IntMemoryMap()
              .put(dnnl.DNNL_ARG_SRC, left)
              .put(dnnl.DNNL_ARG_WEIGHTS, right)
              .put(dnnl.DNNL_ARG_DST, product);
      Timing timing =
          Timing.of(
              WARMUP,
              steps,
              () -> {
                multiply.execute(queue, arguments);
                queue._wait();
              });
      // The shortest time: the peak without the load of other processes.
      results.put("peakGflops", 2e-6 * side * side * side / timing.minimum());
      timing.into(results, "step");
    }
  }

  private static memory filled(memory.desc description, engine cpu, int side) {
    FloatPointer values = new FloatPointer((long) side * side);
    for (long i = 0; i < (long) side * side; i++) {
      values.put(i, 1e-3f * (i % 97));
    }
    return new memory(description, cpu, values);
  }
}
