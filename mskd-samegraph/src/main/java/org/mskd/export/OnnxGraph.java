package org.mskd.export;

import static org.mskd.export.OnnxAttributes.integers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * An ONNX graph in the making: nodes and constants, in the order in which they are added, so that
 * equal networks give equal bytes. Activations are {@code [batch, channels, height, width]}.
 */
final class OnnxGraph {
  private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();

  OnnxGraph(String name) {
    graph.setName(name);
  }

  /**
   * Adds a node with one output.
   *
   * @param output name of the output and of the node
   * @return {@code output}
   */
  String node(String type, String output, List<String> inputs, Onnx.AttributeProto... attributes) {
    graph
        .addNodeBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(Arrays.asList(attributes));
    return output;
  }

  /** Adds a node with several outputs, which divides its input along axis 1. */
  void split(String name, String input, String lengths, List<String> outputs) {
    graph
        .addNodeBuilder()
        .setOpType("Split")
        .setName(name)
        .addAllInput(List.of(input, lengths))
        .addAllOutput(outputs)
        .addAttribute(OnnxAttributes.integer("axis", 1));
  }

  /** Adds a convolution of stride 1 whose borders are padded with zeros. */
  String convolution(String output, String input, String weight, String bias, int kernel) {
    int padding = kernel / 2;
    return node(
        "Conv",
        output,
        List.of(input, weight, bias),
        integers("kernel_shape", kernel, kernel),
        integers("pads", padding, padding, padding, padding));
  }

  /** Adds a constant of 32-bit floats, last axis fastest. */
  void floats(String name, long[] shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Onnx.TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    for (long length : shape) {
      tensor.addDims(length);
    }
  }

  /** Adds a list of 64-bit integers. */
  void wholes(String name, long... values) {
    Onnx.TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(Onnx.TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
  }

  /** The graph with one input and one output, squares of any batch. */
  Onnx.GraphProto with(Onnx.ValueInfoProto input, Onnx.ValueInfoProto output) {
    return graph.addInput(input).addOutput(output).build();
  }

  /** The type {@code [batch, channels, size, size]} of an input or output; the batch is free. */
  static Onnx.ValueInfoProto squares(String name, int channels, int size) {
    Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    for (long length : new long[] {channels, size, size}) {
      shape.addDimBuilder().setDimValue(length);
    }
    Onnx.TypeProto.Tensor type =
        Onnx.TypeProto.Tensor.newBuilder()
            .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(Onnx.TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
