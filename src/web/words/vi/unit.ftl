# Số lớp
unit-column-classes-mam-non = Nhóm, lớp mầm non
unit-column-classes-tieu-hoc = Lớp tiểu học
unit-column-classes-thcs = Lớp THCS
unit-column-classes-thpt = Lớp THPT
unit-column-classes-gdtx = Lớp GDTX
unit-error-not-classes = Không phải số lớp. Hãy ghi số từ 1 đến 200, hoặc tên các lớp cách nhau bằng dấu phẩy, mỗi tên một lần; ví dụ 1A, 1B, 2A.
unit-error-classes-without-pupils = Có lớp mà chưa có số học sinh của cấp này. Hãy ghi số học sinh, hoặc để trống ô này.
