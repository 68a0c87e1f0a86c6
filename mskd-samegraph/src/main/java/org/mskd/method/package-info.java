/**
 * The systems that can be trained: {@link org.mskd.method.TeacherNetwork} learns one organ from its
 * labels, {@link org.mskd.method.StudentNetwork} learns all of them from frozen teachers (MS-KD).
 */
package org.mskd.method;
