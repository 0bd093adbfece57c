/** What golden autumn asks beside the common questions (policy 3.1). */
import { choice, defineForm, idNumber, text, yesNo, type FactsOf } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";
import { sectionOf } from "#shared/domain/question-pages.ts";

const studentFields = {
  studentName: text({
    label: { zh: "学生姓名", en: "Student's full name" },
    personal: true,
    maxLength: 40,
  }),
  studentIdNumber: idNumber({
    label: { zh: "学生身份证号", en: "Student's ID number" },
    hint: {
      zh: "每名学生每学年资助一次，父母双方只需一方申请",
      en: "Each student is helped once a school year; only one parent applies",
    },
  }),
  school: text({
    label: { zh: "就读（录取）学校", en: "School or university" },
    personal: true,
    maxLength: 80,
  }),
  schoolLevel: choice({
    label: { zh: "学段", en: "Level" },
    options: [
      { value: "senior_secondary", label: { zh: "普通高中", en: "Senior secondary school" } },
      {
        value: "vocational_secondary",
        label: { zh: "中职（中专、职高、技校）", en: "Vocational secondary school" },
      },
      { value: "college", label: { zh: "高职（大专）", en: "Vocational college" } },
      { value: "bachelor", label: { zh: "本科", en: "Bachelor's degree" } },
      { value: "postgraduate", label: { zh: "硕士、博士", en: "Master's or doctor's degree" } },
    ],
  }),
  enrolment: choice({
    label: { zh: "入学情况", en: "Enrolment" },
    options: [
      { value: "new", label: { zh: "今年新录取", en: "Newly admitted this year" } },
      { value: "enrolled", label: { zh: "已在读", en: "Already enrolled" } },
    ],
  }),
  studyKind: choice({
    label: { zh: "招生类型", en: "Kind of study" },
    hint: {
      zh: "见录取通知书；一般为“普通全日制”",
      en: "As the admission letter says; mostly ordinary full-time",
    },
    options: [
      { value: "regular", label: { zh: "普通全日制", en: "Ordinary, full-time" } },
      { value: "military", label: { zh: "军事院校", en: "Military academy" } },
      {
        value: "free_tuition_teacher",
        label: { zh: "公费（免费）师范生", en: "Free-tuition teacher trainee" },
      },
      { value: "directed", label: { zh: "定向生", en: "Directed (contracted) student" } },
      { value: "sino_foreign", label: { zh: "中外合作办学", en: "Sino-foreign programme" } },
      {
        value: "private_high_fee",
        label: { zh: "高收费民办学校", en: "High-fee private school" },
      },
      { value: "abroad", label: { zh: "自费留学", en: "Abroad at own cost" } },
      { value: "part_time", label: { zh: "非全日制", en: "Part-time" } },
    ],
  }),
  otherGrant: yesNo({
    label: {
      zh: "本学年是否已获得政府或社会其他助学资助",
      en: "Has the student received another grant for this school year?",
    },
    hint: {
      zh: "助学贷款不算",
      en: "A student loan is not a grant",
    },
  }),
};

const fields = { ...commonFields, ...studentFields };

export type GoldenAutumnFacts = FactsOf<typeof fields>;
export type SchoolLevel = GoldenAutumnFacts["schoolLevel"];
export type StudyKind = GoldenAutumnFacts["studyKind"];

export const form = defineForm<typeof fields>({
  fields,
  sections: [
    ...householdSections,
    sectionOf({
      title: { zh: "学生情况", en: "The student" },
      pages: [
        {
          title: { zh: "为哪个学生申请？", en: "Which student is it for?" },
          why: {
            zh: "家里有几个学生，就分别申请。",
            en: "If there are several, apply for each of them.",
          },
          fields: ["studentName", "studentIdNumber"],
        },
        {
          title: { zh: "学生在哪里上学？", en: "Where does the student study?" },
          why: {
            zh: "照录取通知书或学生证填写。资助标准按学段。",
            en: "As the admission letter or the student card says. The rate goes by the level.",
          },
          fields: ["school", "schoolLevel", "enrolment"],
        },
        {
          title: {
            zh: "是哪一类招生，有没有其他资助？",
            en: "What kind of study, and any other grant?",
          },
          fields: ["studyKind", "otherGrant"],
        },
      ],
    }),
    ...paymentSections,
  ],
});
