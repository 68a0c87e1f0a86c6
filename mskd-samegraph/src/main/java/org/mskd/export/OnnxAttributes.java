package org.mskd.export;

import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** Attributes of ONNX nodes. */
final class OnnxAttributes {
  private OnnxAttributes() {}

  static Onnx.AttributeProto integers(String name, long... values) {
    Onnx.AttributeProto.Builder attribute = named(name, Onnx.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static Onnx.AttributeProto integer(String name, long value) {
    return named(name, Onnx.AttributeProto.AttributeType.INT).setI(value).build();
  }

  static Onnx.AttributeProto real(String name, float value) {
    return named(name, Onnx.AttributeProto.AttributeType.FLOAT).setF(value).build();
  }

  static Onnx.AttributeProto text(String name, String value) {
    return named(name, Onnx.AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  private static Onnx.AttributeProto.Builder named(
      String name, Onnx.AttributeProto.AttributeType type) {
    return Onnx.AttributeProto.newBuilder().setName(name).setType(type);
  }
}
