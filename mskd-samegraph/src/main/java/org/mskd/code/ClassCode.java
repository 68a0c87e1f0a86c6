package org.mskd.code;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of one class that {@link ReachableCode} needs.
 *
 * @param parents internal names of its superclass and interfaces
 * @param fieldTypes internal names of the classes that its fields' types name, type arguments
 *     included
 * @param methods by name and descriptor, those without bodies of lambdas and without neutral ones
 * @param neutral whether the class is {@link ResultNeutral}, or is an exception
 */
record ClassCode(
    List<String> parents,
    Set<String> fieldTypes,
    Map<String, MethodCode> methods,
    boolean neutral) {
  ClassCode {
    parents = List.copyOf(parents);
    fieldTypes = Set.copyOf(fieldTypes);
    methods = Map.copyOf(methods);
  }
}
