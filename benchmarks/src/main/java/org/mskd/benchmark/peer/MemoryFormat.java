package org.mskd.benchmark.peer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The memory layout of libtorch's activations; the faster one depends on sizes and machine. */
enum MemoryFormat {
  CONTIGUOUS(torch.MemoryFormat.Contiguous),
  CHANNELS_LAST(torch.MemoryFormat.ChannelsLast);

  private final torch.MemoryFormat format;

  MemoryFormat(torch.MemoryFormat format) {
    this.format = format;
  }

  Tensor of(Tensor tensor) {
    return tensor.contiguous(format.value);
  }
}
