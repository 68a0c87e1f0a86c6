/**
 * The systems that can be trained: {@link org.mskd.method.TeacherNetwork} learns one organ from its
 * labels, {@link org.mskd.method.StudentNetwork} learns all of them from frozen teachers (MS-KD),
 * who are asked in each step ({@link org.mskd.method.LiveTargets}) or were asked before the
 * training ({@link org.mskd.method.StoredTargets}).
 */
package org.mskd.method;
