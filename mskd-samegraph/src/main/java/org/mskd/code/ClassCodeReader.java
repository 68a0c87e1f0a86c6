package org.mskd.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mskd.file.Sha256;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Normalises a class file: source file, line numbers, names of local variables, annotations and the
 * order of constants, fields and methods are left out; labels are numbered in the order in which
 * they are used; the body of a lambda expression stands where the expression does.
 */
final class ClassCodeReader extends ClassVisitor {
  /** How the compiler begins the names of the methods that hold the bodies of lambdas. */
  static final String LAMBDA = "lambda$";

  private final Predicate<String> isThrowable;
  private final Set<String> references = new TreeSet<>();
  private final Set<String> fields = new TreeSet<>();
  private final Map<String, MethodCode> methods = new TreeMap<>();
  private final Map<String, Integer> flags = new HashMap<>();
  private String name;
  private String head;
  private boolean neutral;

  private ClassCodeReader(Predicate<String> isThrowable) {
    super(Opcodes.ASM9);
    this.isThrowable = isThrowable;
  }

  /**
   * Reads a class file.
   *
   * @param isThrowable whether a class, by internal name, is an exception or error
   */
  static ClassCode read(byte[] classFile, Predicate<String> isThrowable) {
    ClassCodeReader reader = new ClassCodeReader(isThrowable);
    new ClassReader(classFile).accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return reader.code();
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    this.name = name;
    head = "class %s %d %s %s".formatted(name, access, parent, Arrays.toString(interfaces));
    references.add(parent);
    references.addAll(List.of(interfaces));
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    neutral |= descriptor.equals(Type.getDescriptor(ResultNeutral.class));
    return null;
  }

  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    fields.add("field %d %s %s %s".formatted(access, field, descriptor, value));
    references.addAll(References.ofDescriptor(descriptor));
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    if (isThrowable.test(Type.getReturnType(descriptor).getClassName().replace('.', '/'))) {
      return null; // it does nothing but build a message
    }
    MethodCode code = new MethodCode(name, isThrowable);
    methods.put(method + descriptor, code);
    flags.put(method + descriptor, access);
    return code;
  }

  private ClassCode code() {
    StringBuilder text = new StringBuilder(head).append('\n');
    fields.forEach(field -> text.append(field).append('\n'));
    methods.forEach(
        (method, code) -> {
          if (!method.startsWith(LAMBDA)) {
            references.addAll(References.ofDescriptor(method.substring(method.indexOf('('))));
            text.append("method ")
                .append(flags.get(method))
                .append(' ')
                .append(method)
                .append('\n');
            append(code, text);
          }
        });
    references.remove(name);
    return new ClassCode(Sha256.of(text.toString()), references, neutral || isThrowable.test(name));
  }

  private void append(MethodCode method, StringBuilder text) {
    List<Label> labels = new ArrayList<>();
    for (Instruction instruction : method.instructions()) {
      references.addAll(instruction.references());
      for (Object part : instruction.parts()) {
        if (part instanceof Label label) {
          text.append(" L").append(number(label, labels));
        } else if (part instanceof Instruction.Lambda lambda) {
          text.append(" {\n");
          Optional.ofNullable(methods.get(lambda.method())).ifPresent(body -> append(body, text));
          text.append('}');
        } else {
          text.append(' ').append(part);
        }
      }
      text.append('\n');
    }
  }

  private static int number(Label label, List<Label> labels) {
    if (!labels.contains(label)) {
      labels.add(label);
    }
    return labels.indexOf(label);
  }
}
