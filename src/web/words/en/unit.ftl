# Classes
unit-column-classes-mam-non = Groups in kindergarten
unit-column-classes-tieu-hoc = Primary classes
unit-column-classes-thcs = Lower secondary classes
unit-column-classes-thpt = Upper secondary classes
unit-column-classes-gdtx = Continuing education classes
unit-error-not-classes = Not a number of classes. Write a number from 1 to 200, or their names separated by commas, each once; for example 1A, 1B, 2A.
unit-error-classes-without-pupils = There are classes but no pupils at this level. Write the number of pupils, or empty this cell.
