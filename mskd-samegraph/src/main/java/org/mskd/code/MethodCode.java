package org.mskd.code;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mskd.file.Sha256;
import org.objectweb.asm.Label;

/**
 * The parts of one method that {@link Reach} needs; normalised on request, as most methods never
 * are.
 */
final class MethodCode {
  private final String head;
  private final int access;
  private final List<Instruction> instructions;
  private final Map<String, MethodReader> methods;
  private String digest;
  private Set<Use> uses;

  /**
   * @param head the class, its superclass and interfaces, the method's name and descriptor
   * @param access flags of the class file
   * @param methods all methods of the class, bodies of lambdas among them, by name and descriptor
   */
  MethodCode(
      String head, int access, List<Instruction> instructions, Map<String, MethodReader> methods) {
    this.head = head;
    this.access = access;
    this.instructions = List.copyOf(instructions);
    this.methods = methods;
  }

  int access() {
    return access;
  }

  /** SHA-256 of the normalised code. */
  String digest() {
    normalise();
    return digest;
  }

  /** The uses of classes. */
  Set<Use> uses() {
    normalise();
    return uses;
  }

  private void normalise() {
    if (digest == null) {
      StringBuilder text = new StringBuilder(head).append(' ').append(access).append('\n');
      uses = new HashSet<>();
      append(instructions, text);
      digest = Sha256.of(text.toString());
    }
  }

  private void append(List<Instruction> method, StringBuilder text) {
    Map<Label, Integer> labels = new IdentityHashMap<>();
    for (Instruction instruction : method) {
      uses.addAll(instruction.uses());
      for (Object part : instruction.parts()) {
        if (part instanceof Label label) {
          text.append(" L").append(labels.computeIfAbsent(label, first -> labels.size()));
        } else if (part instanceof Instruction.Lambda lambda) {
          text.append(" {\n");
          MethodReader body = methods.get(lambda.method());
          if (body != null) {
            append(body.instructions(), text);
          }
          text.append('}');
        } else {
          text.append(' ').append(part);
        }
      }
      text.append('\n');
    }
  }
}
