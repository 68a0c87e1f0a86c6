package org.mskd.code;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Copies of this library's class files in which one class is changed. */
final class ChangedLibrary {
  private static final Map<Integer, Integer> OPPOSITE =
      Map.of(
          Opcodes.IADD, Opcodes.ISUB,
          Opcodes.LADD, Opcodes.LSUB,
          Opcodes.FADD, Opcodes.FSUB,
          Opcodes.DADD, Opcodes.DSUB,
          Opcodes.FMUL, Opcodes.FDIV,
          Opcodes.DMUL, Opcodes.DDIV);

  private static final Map<Integer, Integer> NEGATED =
      Map.of(
          Opcodes.IFEQ, Opcodes.IFNE,
          Opcodes.IFNE, Opcodes.IFEQ,
          Opcodes.IF_ICMPGE, Opcodes.IF_ICMPGT);

  private int changes;

  private ChangedLibrary() {}

  /** Additions become subtractions, multiplications divisions, and conditions are negated. */
  static void arithmetic(String type, Path folder) throws IOException {
    ChangedLibrary change = new ChangedLibrary();
    change.copy(
        type,
        folder,
        method ->
            new MethodVisitor(Opcodes.ASM9, method) {
              @Override
              public void visitInsn(int opcode) {
                change.changes += OPPOSITE.containsKey(opcode) ? 1 : 0;
                super.visitInsn(OPPOSITE.getOrDefault(opcode, opcode));
              }

              @Override
              public void visitJumpInsn(int opcode, Label label) {
                change.changes += NEGATED.containsKey(opcode) ? 1 : 0;
                super.visitJumpInsn(NEGATED.getOrDefault(opcode, opcode), label);
              }
            });
  }

  /** Messages of exceptions for bad input. */
  static void messages(String type, Path folder) throws IOException {
    ChangedLibrary change = new ChangedLibrary();
    String exception = "org/mskd/problem/BadInputException";
    change.copy(
        type,
        folder,
        method ->
            new MethodVisitor(Opcodes.ASM9, method) {
              private boolean inside;

              @Override
              public void visitTypeInsn(int opcode, String created) {
                inside |= opcode == Opcodes.NEW && created.equals(exception);
                super.visitTypeInsn(opcode, created);
              }

              @Override
              public void visitLdcInsn(Object value) {
                boolean isText = inside && value instanceof String;
                change.changes += isText ? 1 : 0;
                super.visitLdcInsn(isText ? value + " (changed)" : value);
              }

              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String name, String d, boolean i) {
                inside &= !(owner.equals(exception) && name.equals("<init>"));
                super.visitMethodInsn(opcode, owner, name, d, i);
              }
            });
  }

  private void copy(String type, Path folder, UnaryOperator<MethodVisitor> change)
      throws IOException {
    Path library = ClassFiles.sourceOf(CodeIdentity.class);
    try (Stream<Path> files = Files.walk(library)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(library, file, folder));
    }
    Path changed = folder.resolve(type.replace('.', '/') + ".class");
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(Files.readAllBytes(changed))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return change.apply(super.visitMethod(access, name, descriptor, signature, thrown));
              }
            },
            0);
    Files.write(changed, writer.toByteArray());
    assertTrue(changes > 0, type + " has nothing of that kind");
  }

  private static void copy(Path library, Path file, Path folder) {
    try {
      Path target = folder.resolve(library.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
