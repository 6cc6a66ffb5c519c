# Loại đơn vị
kinds-title = Loại đơn vị
kinds-link = Loại đơn vị
kinds-lead = Mỗi đơn vị thuộc một loại. Tên gọi và chỗ đứng của loại do anh/chị đặt; nhóm quyết định người của đơn vị làm được gì.
kinds-name = Loại
kinds-code = Mã loại
kinds-nature = Nhóm
kinds-place = Đứng ở đâu
kinds-units = Số đơn vị
kinds-place-any = Ở trên cùng, hoặc dưới cơ quan bất kỳ
kinds-place-below-any = Dưới cơ quan bất kỳ
kinds-place-top-or-below = Ở trên cùng, hoặc dưới: { $kinds }
kinds-place-below = Dưới: { $kinds }
kinds-new = Thêm loại đơn vị
kinds-change-title = Sửa loại: { $name }
kinds-name-vi = Tên loại
kinds-name-en = Tên tiếng Anh (để trống nếu như tên tiếng Việt)
kinds-nature-text-co_quan = Lập đợt, mở đợt, xem kết quả các đơn vị bên dưới; ví dụ sở, phòng, UBND phường.
kinds-nature-text-truong = Được lấy ý kiến; có cấp học, số học sinh, lớp; ví dụ trường, trung tâm GDTX.
kinds-nature-text-mat_tran = Xem kết quả đã công bố và nhập phiếu hộ; kênh Mặt trận.
kinds-nature-text-doan_the = Xem kết quả đã công bố và nhập phiếu hộ; kênh đoàn thể, ví dụ Liên đoàn Lao động.
unit-nature-co_quan = Cơ quan quản lý
unit-nature-truong = Trường
unit-nature-mat_tran = Mặt trận Tổ quốc
unit-nature-doan_the = Đoàn thể
kinds-at-top = Có thể đứng trên cùng, không có cấp trên
kinds-below-hint = Về hành chính, đứng dưới loại nào? Không đánh dấu loại nào thì đứng được dưới mọi cơ quan (trừ cơ quan cùng loại). Đơn vị đang có giữ nguyên chỗ.
kinds-below-one = Dưới { $name }
kinds-code-hint = Để trống thì hệ thống tự đặt theo tên. Mã dùng trong tệp Excel, CSV và không đổi được về sau.
kinds-add = Thêm loại
kinds-save = Lưu
kinds-remove = Bỏ loại này
kinds-leave = Thôi, không sửa
kinds-not-yours = Danh mục loại dùng chung; người quản lý đơn vị ở cấp cao nhất mới sửa được. Cần loại khác, xin báo cấp trên.
kinds-done-kind-added = Đã thêm loại { $name }.
kinds-done-kind-changed = Đã lưu loại { $name }.
kinds-done-kind-removed = Đã bỏ loại { $name }.
kinds-wrong-nature = Xin chọn nhóm của loại này.
kinds-wrong-code = Mã loại gồm 2 đến 24 chữ thường không dấu, chữ số, gạch dưới, bắt đầu bằng chữ; ví dụ trung_tam_gdtx.
kinds-wrong-name = Xin ghi tên loại, từ 2 đến 80 chữ.
kinds-wrong-taken = Đã có loại mang tên hoặc mã này (không phân biệt dấu). Xin đặt tên khác, để tệp nhập vào không bị hiểu nhầm.
kinds-wrong-nowhere = Loại này không có chỗ đứng: không ở trên cùng mà chỉ dưới chính nó. Xin đánh dấu thêm.
kinds-wrong-in-use = Đang có đơn vị thuộc loại này nên không bỏ được. Có thể đổi tên.
kinds-wrong-named = Có loại khác được đặt đứng dưới loại này. Xin sửa loại ấy trước khi bỏ.
kinds-wrong-last = Đây là loại cơ quan hoặc loại trường duy nhất nên không bỏ được. Có thể đổi tên.
kinds-wrong-gone = Loại này vừa được người khác bỏ. Xin xem lại danh mục.

# Lớp đã ghi
slips-recorded = Lớp đã ghi của trường
slips-recorded-fill = Điền vào phiếu mã
slips-recorded-hint = Số phiếu mỗi lớp được chia đều theo số học sinh đã ghi; xin sửa theo sĩ số từng lớp.

# Trường kết thúc hoạt động
school-over = Trường đã kết thúc hoạt động, đến hết ngày { $last }.
school-ends = Trường hoạt động đến hết ngày { $last }.
school-by = Căn cứ: { $basis }.
school-heirs = Đơn vị tiếp nhận: { $names }.
school-over-rounds = Đợt đang mở vẫn nhận phiếu cho trường cho đến khi đóng, và trang này vẫn xem được; đợt sau hỏi ở đơn vị tiếp nhận.
