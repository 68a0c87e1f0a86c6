package org.mskd.graph.onednn;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What all primitives of an engine share. They run one after the other, so one block of memory of
 * each purpose, as large as the largest request, is enough.
 */
final class OneDnnDevice implements AutoCloseable {
  private final engine cpu = new engine(dnnl.dnnl_cpu, 0);
  private final stream queue = new stream(cpu);
  private final boolean frozen;
  private final Map<Purpose, Block> blocks = new EnumMap<>(Purpose.class);

  /** The purposes of shared memory. */
  enum Purpose {
    /** Weights in the layout that a primitive prefers. */
    LAID,
    /** Weights of the {@link UpsampledKernel} as they are computed. */
    FOLDED
  }

  private record Block(memory.desc layout, memory room) {
    void close() {
      room.close();
      layout.close();
    }
  }

  /**
   * @param frozen whether weights never change after their first use
   */
  OneDnnDevice(boolean frozen) {
    this.frozen = frozen;
  }

  engine cpu() {
    return cpu;
  }

  stream queue() {
    return queue;
  }

  boolean frozen() {
    return frozen;
  }

  /**
   * At least this many bytes with unspecified content; valid until the next call for this purpose.
   */
  Pointer shared(Purpose purpose, long bytes) {
    Block block = blocks.get(purpose);
    if (block == null || block.layout.get_size() < bytes) {
      if (block != null) {
        block.close();
      }
      memory.desc layout =
          new memory.desc(new long[] {bytes}, memory.data_type.u8, memory.format_tag.x);
      block = new Block(layout, new memory(layout, cpu));
      blocks.put(purpose, block);
    }
    return block.room.get_data_handle();
  }

  @Override
  public void close() {
    blocks.values().forEach(Block::close);
    blocks.clear();
    queue.close();
    cpu.close();
  }
}
