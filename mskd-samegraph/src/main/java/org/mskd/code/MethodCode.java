package org.mskd.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The instructions of a method. Left out is what stands between the {@code new} of an exception and
 * the call of its constructor: it builds the message.
 */
final class MethodCode extends MethodVisitor {
  private final String owner;
  private final Predicate<String> isThrowable;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Instruction> handlers = new ArrayList<>();
  private final Deque<Creation> open = new ArrayDeque<>();
  private boolean neutral;

  /** A {@code new} whose constructor has not been called yet, and the instruction's position. */
  private record Creation(String type, int position) {}

  /**
   * @param owner internal name of the method's class
   * @param isThrowable whether a class, by internal name, is an exception or error
   */
  MethodCode(String owner, Predicate<String> isThrowable) {
    super(Opcodes.ASM9);
    this.owner = owner;
    this.isThrowable = isThrowable;
  }

  /** Instructions, then the ranges of {@code catch}; empty where the method is neutral. */
  List<Instruction> instructions() {
    List<Instruction> all = new ArrayList<>();
    if (!neutral) {
      all.addAll(instructions);
      all.addAll(handlers);
    }
    return all;
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    neutral |= descriptor.equals(Type.getDescriptor(ResultNeutral.class));
    return null;
  }

  private void add(Set<String> references, Object... parts) {
    instructions.add(new Instruction(Arrays.asList(parts), references));
  }

  @Override
  public void visitInsn(int opcode) {
    add(Set.of(), opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    add(Set.of(), opcode, operand);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    add(Set.of(), opcode, variable);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    add(Set.of(), Opcodes.IINC, variable, increment);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    if (opcode == Opcodes.NEW) {
      open.push(new Creation(type, instructions.size()));
    }
    add(References.ofInternalName(type), opcode, type);
  }

  @Override
  public void visitFieldInsn(int opcode, String fieldOwner, String name, String descriptor) {
    Set<String> references = References.ofDescriptor(descriptor);
    references.add(fieldOwner);
    add(references, opcode, fieldOwner, name, descriptor);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String methodOwner, String name, String descriptor, boolean isInterface) {
    boolean ends = opcode == Opcodes.INVOKESPECIAL && name.equals("<init>") && ends(methodOwner);
    Creation creation = ends ? open.pop() : null;
    if (ends && isThrowable.test(methodOwner)) {
      instructions.subList(creation.position(), instructions.size()).clear();
      add(Set.of(), "exception", methodOwner);
      return;
    }
    Set<String> references = References.ofDescriptor(descriptor);
    references.addAll(References.ofInternalName(methodOwner));
    add(references, opcode, methodOwner, name, descriptor);
  }

  /** Not where a constructor calls another of its class or superclass. */
  private boolean ends(String type) {
    return !open.isEmpty() && open.peek().type().equals(type);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    Set<String> references = References.ofDescriptor(descriptor);
    List<Object> parts = new ArrayList<>(List.of(Opcodes.INVOKEDYNAMIC, name, descriptor));
    addConstant(bootstrap, parts, references);
    for (Object argument : arguments) {
      addConstant(argument, parts, references);
    }
    instructions.add(new Instruction(parts, references));
  }

  @Override
  public void visitLdcInsn(Object value) {
    Set<String> references = new TreeSet<>();
    List<Object> parts = new ArrayList<>(List.of(Opcodes.LDC));
    addConstant(value, parts, references);
    instructions.add(new Instruction(parts, references));
  }

  private void addConstant(Object value, List<Object> parts, Set<String> references) {
    if (value instanceof Handle handle) {
      references.add(handle.getOwner());
      references.addAll(References.ofDescriptor(handle.getDesc()));
      boolean isLambda =
          handle.getOwner().equals(owner) && handle.getName().startsWith(ClassCodeReader.LAMBDA);
      parts.add(
          isLambda ? new Instruction.Lambda(handle.getName() + handle.getDesc()) : value + "");
    } else if (value instanceof Type type) {
      references.addAll(References.ofType(type));
      parts.add(type.getDescriptor());
    } else if (value instanceof ConstantDynamic constant) {
      parts.add(constant.getName() + constant.getDescriptor());
      addConstant(constant.getBootstrapMethod(), parts, references);
      for (int i = 0; i < constant.getBootstrapMethodArgumentCount(); i++) {
        addConstant(constant.getBootstrapMethodArgument(i), parts, references);
      }
    } else {
      parts.add(value.getClass().getSimpleName() + " " + value);
    }
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    add(References.ofDescriptor(descriptor), Opcodes.MULTIANEWARRAY, descriptor, dimensions);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    add(Set.of(), opcode, label);
  }

  @Override
  public void visitLabel(Label label) {
    add(Set.of(), "at", label);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
    List<Object> parts = new ArrayList<>(List.of(Opcodes.TABLESWITCH, min, max, otherwise));
    parts.addAll(Arrays.asList(labels));
    instructions.add(new Instruction(parts, Set.of()));
  }

  @Override
  public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
    List<Object> parts = new ArrayList<>(List.of(Opcodes.LOOKUPSWITCH, otherwise));
    for (int i = 0; i < keys.length; i++) {
      parts.add(keys[i]);
      parts.add(labels[i]);
    }
    instructions.add(new Instruction(parts, Set.of()));
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    handlers.add(
        new Instruction(
            Arrays.asList("catch", start, end, handler, type == null ? "" : type), Set.of()));
  }
}
