package org.mskd.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads the instructions of a method. Left out is the code between the {@code new} of an exception
 * and the call of its constructor: it builds the message.
 */
final class MethodReader extends MethodVisitor {
  private final String owner;
  private final int access;
  private final Predicate<String> isThrowable;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Instruction> handlers = new ArrayList<>();
  private final Deque<Creation> open = new ArrayDeque<>();
  private boolean neutral;

  /** A {@code new} whose constructor has not been called yet, and the instruction's position. */
  private record Creation(String type, int position) {}

  /**
   * @param owner internal name of the method's class
   * @param access flags of the method
   * @param isThrowable whether a class, by internal name, is an exception or error
   */
  MethodReader(String owner, int access, Predicate<String> isThrowable) {
    super(Opcodes.ASM9);
    this.owner = owner;
    this.access = access;
    this.isThrowable = isThrowable;
  }

  /** Instructions, then the ranges of {@code catch}. */
  List<Instruction> instructions() {
    List<Instruction> all = new ArrayList<>(instructions);
    all.addAll(handlers);
    return all;
  }

  /** Flags of the class file. */
  int access() {
    return access;
  }

  /** Whether the method is {@link ResultNeutral}. */
  boolean isNeutral() {
    return neutral;
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    neutral |= descriptor.equals(Type.getDescriptor(ResultNeutral.class));
    return null;
  }

  private void add(Object... parts) {
    add(List.of(), parts);
  }

  private void add(List<Use> uses, Object... parts) {
    instructions.add(new Instruction(Arrays.asList(parts), uses));
  }

  @Override
  public void visitInsn(int opcode) {
    add(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    add(opcode, operand);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    add(opcode, variable);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    add(Opcodes.IINC, variable, increment);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    if (opcode == Opcodes.NEW) {
      open.push(new Creation(type, instructions.size()));
      add(List.of(Use.of(Use.Kind.CREATE, type)), opcode, type);
    } else {
      add(opcode, type);
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String fieldOwner, String name, String descriptor) {
    boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
    add(
        isStatic ? List.of(Use.of(Use.Kind.INITIALISE, fieldOwner)) : List.of(),
        opcode,
        fieldOwner,
        name,
        descriptor);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String methodOwner, String name, String descriptor, boolean isInterface) {
    boolean ends = opcode == Opcodes.INVOKESPECIAL && name.equals("<init>") && ends(methodOwner);
    Creation creation = ends ? open.pop() : null;
    if (ends && isThrowable.test(methodOwner)) {
      instructions.subList(creation.position(), instructions.size()).clear();
      add("exception", methodOwner);
      return;
    }
    add(
        List.of(Use.ofCall(opcode, methodOwner, name + descriptor)),
        opcode,
        methodOwner,
        name,
        descriptor);
  }

  /** Not where a constructor calls another of its class or superclass. */
  private boolean ends(String type) {
    return !open.isEmpty() && open.peek().type().equals(type);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    List<Object> parts = new ArrayList<>(List.of(Opcodes.INVOKEDYNAMIC, name, descriptor));
    List<Use> uses = new ArrayList<>();
    addConstant(bootstrap, parts, uses);
    for (Object argument : arguments) {
      addConstant(argument, parts, uses);
    }
    instructions.add(new Instruction(parts, uses));
  }

  @Override
  public void visitLdcInsn(Object value) {
    List<Object> parts = new ArrayList<>(List.of(Opcodes.LDC));
    List<Use> uses = new ArrayList<>();
    addConstant(value, parts, uses);
    instructions.add(new Instruction(parts, uses));
  }

  private void addConstant(Object value, List<Object> parts, List<Use> uses) {
    if (value instanceof Handle handle) {
      addHandle(handle, parts, uses);
    } else if (value instanceof Type type) {
      uses.add(Use.ofConstant(type));
      parts.add(type.getDescriptor());
    } else if (value instanceof ConstantDynamic constant) {
      parts.add(constant.getName() + constant.getDescriptor());
      addConstant(constant.getBootstrapMethod(), parts, uses);
      for (int i = 0; i < constant.getBootstrapMethodArgumentCount(); i++) {
        addConstant(constant.getBootstrapMethodArgument(i), parts, uses);
      }
    } else {
      parts.add(ConstantText.of(value));
    }
  }

  private void addHandle(Handle handle, List<Object> parts, List<Use> uses) {
    if (handle.getOwner().equals(owner) && handle.getName().startsWith(ClassCodeReader.LAMBDA)) {
      parts.add(new Instruction.Lambda(handle.getName() + handle.getDesc()));
      return;
    }
    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      uses.add(Use.of(Use.Kind.CREATE, handle.getOwner()));
    }
    uses.add(Use.ofHandle(handle));
    parts.add(handle.toString());
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    add(Opcodes.MULTIANEWARRAY, descriptor, dimensions);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    add(opcode, label);
  }

  @Override
  public void visitLabel(Label label) {
    add("at", label);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
    List<Object> parts = new ArrayList<>(List.of(Opcodes.TABLESWITCH, min, max, otherwise));
    parts.addAll(Arrays.asList(labels));
    instructions.add(new Instruction(parts, List.of()));
  }

  @Override
  public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
    List<Object> parts = new ArrayList<>(List.of(Opcodes.LOOKUPSWITCH, otherwise));
    for (int i = 0; i < keys.length; i++) {
      parts.add(keys[i]);
      parts.add(labels[i]);
    }
    instructions.add(new Instruction(parts, List.of()));
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    List<Object> parts = Arrays.asList("catch", start, end, handler, type == null ? "" : type);
    handlers.add(new Instruction(parts, List.of()));
  }
}
