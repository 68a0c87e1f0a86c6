package org.mskd.benchmark.ours;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.mskd.experiment.Network;
import org.mskd.model.Tensor;

/**
 * The U-Net as an ONNX file: input {@code image [batch, 1, size, size]}, output {@code logits
 * [batch, outputs, size, size]}, any batch. Operators of the ONNX standard, set 13.
 */
final class OnnxFile {
  private static final int OPERATOR_SET = 13;
  private static final int IR_VERSION = 8;
  private static final float SLOPE = 0.01f;
  private static final float EPSILON = 1e-5f;
  private static final String SCALES = "upsampling.scales";

  private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder().setName("unet");
  private final Network network;

  private OnnxFile(Network network) {
    this.network = network;
  }

  /**
   * @param weights by our names and in our shapes
   */
  static void write(Path file, Network network, int outputs, Map<String, Tensor> weights, int size)
      throws IOException {
    OnnxFile onnx = new OnnxFile(network);
    weights.values().forEach(onnx::weights);
    onnx.floats(SCALES, new long[] {4}, new float[] {1, 1, 2, 2});
    onnx.unet();
    onnx.graph.addInput(tensor("image", 1, size)).addOutput(tensor("logits", outputs, size));
    Onnx.ModelProto model =
        Onnx.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(onnx.graph)
            .build();
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    }
  }

  private void unet() {
    String features = "image";
    for (int level = 0; level <= network.depth(); level++) {
      if (level > 0) {
        features =
            node("MaxPool", "pool." + level, List.of(features))
                .addAttribute(integers("kernel_shape", 2, 2))
                .addAttribute(integers("strides", 2, 2))
                .getOutput(0);
      }
      features = block("encoder." + level, features);
    }
    for (int level = network.depth() - 1; level >= 0; level--) {
      // The second input, the region of interest, is not used.
      String up =
          node("Resize", "up." + level, List.of(features, "", SCALES))
              .addAttribute(text("mode", "nearest"))
              .addAttribute(text("coordinate_transformation_mode", "asymmetric"))
              .addAttribute(text("nearest_mode", "floor"))
              .getOutput(0);
      String joined =
          node("Concat", "join." + level, List.of("encoder." + level, up))
              .addAttribute(integer("axis", 1))
              .getOutput(0);
      features = block("decoder." + level, joined);
    }
    convolution("head", "logits", features, 1);
  }

  private String block(String name, String input) {
    String features = input;
    for (int i = 1; i <= 2; i++) {
      String convolution = name + ".conv" + i;
      String norm = name + ".norm" + i;
      convolution(convolution, convolution, features, 3);
      node("InstanceNormalization", norm, List.of(convolution, norm + ".scale", norm + ".shift"))
          .addAttribute(real("epsilon", EPSILON));
      features = i == 2 ? name : name + ".first";
      node("LeakyRelu", features, List.of(norm)).addAttribute(real("alpha", SLOPE));
    }
    return features;
  }

  private void convolution(String name, String output, String input, int kernel) {
    int padding = kernel / 2;
    node("Conv", output, List.of(input, name + ".weight", name + ".bias"))
        .addAttribute(integers("kernel_shape", kernel, kernel))
        .addAttribute(integers("pads", padding, padding, padding, padding));
  }

  private Onnx.NodeProto.Builder node(String type, String output, List<String> inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(inputs)
        .addOutput(output);
  }

  /** Our {@code [kernel, kernel, in, out]} is ONNX's {@code [out, in, kernel, kernel]}. */
  private void weights(Tensor tensor) {
    long[] shape = tensor.shape();
    if (shape.length != 4) {
      floats(tensor.name(), shape, tensor.values());
      return;
    }
    int taps = (int) (shape[0] * shape[1]);
    int in = (int) shape[2];
    int out = (int) shape[3];
    float[] values = new float[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      int tap = i / (in * out);
      values[(i % out * in + i / out % in) * taps + tap] = tensor.values()[i];
    }
    floats(tensor.name(), new long[] {out, in, shape[0], shape[1]}, values);
  }

  private void floats(String name, long[] shape, float[] values) {
    Onnx.TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE);
    for (long length : shape) {
      tensor.addDims(length);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
  }

  private static Onnx.ValueInfoProto tensor(String name, int channels, int size) {
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

  private static Onnx.AttributeProto integers(String name, long... values) {
    Onnx.AttributeProto.Builder attribute =
        Onnx.AttributeProto.newBuilder()
            .setName(name)
            .setType(Onnx.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static Onnx.AttributeProto integer(String name, long value) {
    return Onnx.AttributeProto.newBuilder()
        .setName(name)
        .setType(Onnx.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static Onnx.AttributeProto real(String name, float value) {
    return Onnx.AttributeProto.newBuilder()
        .setName(name)
        .setType(Onnx.AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private static Onnx.AttributeProto text(String name, String value) {
    return Onnx.AttributeProto.newBuilder()
        .setName(name)
        .setType(Onnx.AttributeProto.AttributeType.STRING)
        .setS(org.nd4j.shade.protobuf.ByteString.copyFromUtf8(value))
        .build();
  }
}
