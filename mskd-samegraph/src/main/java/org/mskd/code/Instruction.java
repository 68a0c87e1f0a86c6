package org.mskd.code;

import java.util.List;

/**
 * One instruction, or a part of a method such as the range of a {@code catch}.
 *
 * @param parts in order: text, {@link org.objectweb.asm.Label Labels}, and the {@link Lambda
 *     Lambdas} whose bodies are here
 * @param uses of classes
 */
record Instruction(List<Object> parts, List<Use> uses) {
  /**
   * The body of a lambda expression, which the compiler puts into a method of the same class under
   * a name that depends on how many lambdas precede it.
   *
   * @param method name and descriptor of that method
   */
  record Lambda(String method) {}
}
