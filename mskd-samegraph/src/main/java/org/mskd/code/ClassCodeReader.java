package org.mskd.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Normalises a class file: source file, line numbers, names of local variables, annotations and the
 * order of constants are left out; labels are numbered in the order in which they are used; the
 * body of a lambda expression takes the place of the expression.
 */
final class ClassCodeReader extends ClassVisitor {
  /** How the compiler begins the names of the methods that hold the bodies of lambdas. */
  static final String LAMBDA = "lambda$";

  /** A class name in a descriptor or a generic signature. */
  private static final Pattern CLASS = Pattern.compile("L([\\w/$]+)");

  private final Predicate<String> isThrowable;
  private final List<String> parents = new ArrayList<>();
  private final Set<String> fieldTypes = new TreeSet<>();
  private final Map<String, MethodReader> methods = new HashMap<>();
  private String name;
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
    parents.add(parent);
    parents.addAll(List.of(interfaces));
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    neutral |= descriptor.equals(Type.getDescriptor(ResultNeutral.class));
    return null;
  }

  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    CLASS
        .matcher(signature == null ? descriptor : signature)
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(fieldTypes::add);
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    if (isThrowable.test(Type.getReturnType(descriptor).getClassName().replace('.', '/'))) {
      return null; // it does nothing but build a message
    }
    MethodReader reader = new MethodReader(name, access, isThrowable);
    methods.put(method + descriptor, reader);
    return reader;
  }

  private ClassCode code() {
    Map<String, MethodCode> code = new HashMap<>();
    methods.forEach(
        (method, reader) -> {
          if (!method.startsWith(LAMBDA) && !reader.isNeutral()) {
            code.put(method, code(method, reader));
          }
        });
    return new ClassCode(parents, fieldTypes, code, neutral || isThrowable.test(name));
  }

  private MethodCode code(String method, MethodReader reader) {
    return new MethodCode(
        name + ' ' + parents + ' ' + method, reader.access(), reader.instructions(), methods);
  }
}
